import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { csvRecords } from "../../src/ingest/csv-records.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community } from "../support/community.ts";
import { canonical, fixtures, lakeRows } from "../support/golden.ts";

const OWN = fixtures().filter(({ id, name }) => /^fupan-(?!.*table$)/.test(id) && /\.csv$/.test(name));
const LISTS = new Set(["mentions", "items"]);
const MONEY = new Set(["amount", "refunded", "planned_quantity"]);

type Cell = string | number | null | string[];

/** Rows of a sample as objects: what is empty is left out of every second, lists are arrays, money is a number. */
async function objectsOf(path: string): Promise<Record<string, Cell>[]> {
  const rows: (readonly string[])[] = [];
  for await (const { fields } of csvRecords(path, ",")) if (fields) rows.push(fields);
  const [header = [], ...records] = rows;
  return records.map((cells, at) =>
    Object.fromEntries(
      header.flatMap((name, place): [string, Cell][] => {
        const key = name.replace(/^\uFEFF/, "");
        const cell = cells[place] ?? "";
        if (cell === "") return at % 2 === 0 ? [] : [[key, at % 4 === 1 ? null : ""]];
        if (LISTS.has(key)) return [[key, cell.split(";")]];
        return [[key, MONEY.has(key) && /^\d{1,9}(\.\d+)?$/.test(cell) ? Number(cell) : cell]];
      }),
    ),
  );
}

async function told(
  name: string,
  content: string | Uint8Array,
): Promise<{ result: unknown; rows: string[] }> {
  const community = new Community();
  try {
    const { importer, read, accepted, duplicate, rejected } = await community.import(name, content);
    return {
      result: { importer, read, accepted, duplicate, rejected },
      rows: canonical(await lakeRows(community)),
    };
  } finally {
    community.remove();
  }
}

const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

describe("our own tables as JSON", () => {
  it.each(OWN.map((fixture) => [fixture.path, fixture] as const))(
    "%s gives the same lake from lines and from an array of objects as from its table",
    async (_path, { id, name, content }) => {
      const community = new Community();
      const path = join(community.root, name);
      writeFileSync(path, content);
      const objects = await objectsOf(path);
      community.remove();
      const table = await told(name, content);
      expect(table.result).toMatchObject({ importer: id });
      const stem = name.replace(/\.csv$/, "");
      expect(await told(`${stem}.jsonl`, lines(objects))).toEqual(table);
      expect(await told(`${stem}.json`, JSON.stringify(objects, null, 1))).toEqual(table);
    },
  );

  it("keep columns that only a late row has, and long numbers as they stand", async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => ({
      order_id: `A${at}`,
      paid_at: "2026-11-10T12:00:00",
      amount: 5,
    }));
    const last =
      '{"order_id":11101571002822706744,"paid_at":"2026-11-10T12:00:00","amount":"6.50","remark":"急"}\n';
    const community = new Community();
    try {
      expect(await community.import("orders.jsonl", lines(rows) + last)).toMatchObject({ accepted: 3001 });
      const found = await community.lake((lake) =>
        lake.all("select order_id, amount::double as amount, extra from lake.orders where extra like '%急%'"),
      );
      expect(found).toEqual([{ order_id: "11101571002822706744", amount: 6.5, extra: '{"remark":"急"}' }]);
    } finally {
      community.remove();
    }
  });

  it("rows that can't be used are refused by their lines, the others stay", async () => {
    const community = new Community();
    try {
      const good = '{"group_id":"g","sender_id":"a","sent_at":"2026-11-10 12:00:00","text":"早"}';
      const result = await community.import(
        "log.jsonl",
        `${good}\n{"group_id":"g","sender_id":"b","sent_at":"昨天","text":"早"}\n{"group_id":\n${good.replace("早", "好")}\n`,
      );
      expect(result).toMatchObject({ importer: "fupan-messages", read: 4, accepted: 2, rejected: 2 });
      expect(result.issues.map(({ line, code }): Row => ({ line, code }))).toEqual([
        { line: 2, code: "bad_time" },
        { line: 3, code: "bad_json" },
      ]);
    } finally {
      community.remove();
    }
  });

  it("other JSON under some of these names is no table of ours", async () => {
    const community = new Community();
    try {
      await expect(community.import("x.json", '[{"order_id":"1","amount":5}]')).rejects.toThrow(
        /no known format/,
      );
    } finally {
      community.remove();
    }
  });
});

describe("columns of our own tables that are none of ours", () => {
  it("are told of and kept: a wrong title, a title twice; commas at the ends of lines are no columns", async () => {
    const community = new Community();
    try {
      const { notes, accepted } = await community.import(
        "orders.csv",
        "order_id,buyer_id,paid_at,amount,refund,amount,,\nA1,u1,2026-11-10 12:00:00,9.00,2.00,7.00,,\n",
      );
      expect(accepted).toBe(1);
      expect(notes).toEqual([
        {
          zh: "没有用到的列（原样留着）：refund、amount__2",
          en: "columns not used (kept as they are): refund, amount__2",
        },
      ]);
      const order = await community.lake((database) => database.one("from lake.orders"));
      expect(order).toMatchObject({ amount: 9, refunded: 0 });
      expect(JSON.parse(String(order["extra"]))).toMatchObject({ refund: "2.00", amount__2: "7.00" });
    } finally {
      community.remove();
    }
  });
});
