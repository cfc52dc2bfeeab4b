import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportPerson } from "../../src/admin/export-person.ts";
import { everyFile } from "../../src/admin/files.ts";
import { forget } from "../../src/admin/forget.ts";
import { sha256Of } from "../../src/kit/disk.ts";
import { undoBatch } from "../../src/state/batches.ts";
import { listParts } from "../../src/state/ledger.ts";
import { State } from "../../src/state/state.ts";
import { buildWhatIsLeft } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { createLakeViews } from "../../src/warehouse/lake.ts";
import { generationPath, publish, readPointer } from "../../src/warehouse/publish.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

const CATALOG = readCatalog(SQL_ROOT);
const KEPT = new URL("../../fixtures/workspaces", import.meta.url).pathname;
const by = { who: "tester", at: NOW };
const PHONE = "19900000042";
const [FIRST, SECOND] = ["wxid_canary_01", "wxid_canary_02"] as const;

const members = (...rows: Record<string, string>[]) =>
  csv(
    rows.map((row) => ({ group_id: "g1", joined_at: "2026-09-01 00:00:00", left_at: "", phone: "", ...row })),
  );
const says = (sender_id: string, text: string) =>
  csv([{ group_id: "g1", sender_id, sender_name: "", sent_at: "2026-11-10 10:00:00", text }]);

function forgetIn(workspace: Workspace, state: State, wanted: string) {
  return forget(workspace, state, CATALOG, wanted, by, async () => {
    await buildWhatIsLeft(workspace, state, CATALOG, { now: NOW });
  });
}

/** Publishes the generation after these statements, as another version might have made it. */
async function publishOlder(marts: string, ...statements: string[]): Promise<void> {
  const pointer = readPointer(marts);
  if (!pointer) throw new Error("nothing is published");
  const draft = join(marts, "older.duckdb");
  writeFileSync(draft, readFileSync(generationPath(marts, pointer.generation)));
  const database = await Database.open(draft);
  for (const statement of [...statements, "checkpoint"]) await database.run(statement);
  database.close();
  const sha256 = await sha256Of(draft);
  publish(marts, draft, {
    ...pointer,
    generation: "20200101T000000-older",
    sha256,
    bytes: statSync(draft).size,
  });
}

describe("whatever is published", () => {
  let community: Community;
  beforeEach(async () => {
    community = new Community();
    await community.import(
      "members.csv",
      members({ member_id: FIRST, name: "金丝雀甲", phone: PHONE }, { member_id: "wxid_other", name: "乙" }),
    );
    await community.import("messages.csv", says(FIRST, "秘密口令甲"));
  });
  afterEach(() => community.remove());

  const another = async () => {
    await community.import("more.csv", members({ member_id: SECOND, name: "金丝雀", phone: PHONE }));
    await community.import("more-messages.csv", says(SECOND, "秘密口令乙"));
  };
  const held = () => exportPerson(community.workspace, community.state, CATALOG, FIRST);
  const texts = async () => (await held()).facts.messages?.map(({ text }) => text).sort();
  const ids = () =>
    community.lake((database) =>
      database.all("select distinct raw_id from lake.contacts where raw_id is not null"),
    );

  it.each<[string, () => Promise<void>]>([
    ["nothing yet", async () => undefined],
    [
      "what another version made, without a table of who is who",
      async () => {
        await community.build();
        await publishOlder(
          community.workspace.marts,
          "drop table marts.identity",
          "update report.about set models = 'another'",
        );
      },
    ],
    [
      "what another version made, which takes everybody for one",
      async () => {
        await community.build();
        await publishOlder(
          community.workspace.marts,
          "update marts.identity set person_id = (select min(person_id) from marts.identity)",
          "update report.about set models = 'another'",
        );
      },
    ],
    ["what was built before the last import", async () => void (await community.build())],
  ])("%s: all that is held is handed over, and goes", async (_, published) => {
    await published();
    await another();
    expect(await texts()).toEqual(["秘密口令乙", "秘密口令甲"]);
    await forgetIn(community.workspace, community.state, FIRST);
    expect(await ids()).toEqual([{ raw_id: "wxid_other" }]);
    const { marts, state, lake } = community.workspace;
    for (const file of [...everyFile(marts), ...everyFile(lake), state])
      expect([file, /金丝雀|秘密口令|wxid_canary/.test(readFileSync(file, "utf8"))]).toEqual([file, false]);
    expect(everyFile(marts).filter((file) => file.includes("older"))).toEqual([]);
    await expect(held()).rejects.toThrow("Nobody is known");
  });

  it("what was published goes also when all that could be reviewed was undone", async () => {
    const only = new Community();
    try {
      await only.import("contacts.csv", csv([{ person_key: FIRST, name: "金丝雀甲", phone: PHONE }]));
      await only.import("messages.csv", says(FIRST, "秘密口令甲"), { batch: "undone" });
      await only.build();
      await undoBatch(only.state, only.workspace.lake, "undone");
      expect((await forgetIn(only.workspace, only.state, FIRST)).removed["contacts"]).toBeGreaterThan(0);
      expect(everyFile(only.workspace.marts)).toEqual([]);
      await expect(forgetIn(only.workspace, only.state, FIRST)).rejects.toThrow(/Nobody is known/);
    } finally {
      only.remove();
    }
  });

  it("a number that only ends as somebody's phone does is nobody's; a part of one phone number is", async () => {
    for (const wanted of ["wxid_00000042", `x${PHONE}`, "0000042"])
      await expect(forgetIn(community.workspace, community.state, wanted)).rejects.toThrow("Nobody is known");
    await community.import(
      "more.csv",
      members({ member_id: "wxid_third", name: "丙", phone: "13800000042" }),
    );
    await expect(forgetIn(community.workspace, community.state, "00000042")).rejects.toThrow(
      "Nobody is known",
    );
    await forgetIn(community.workspace, community.state, `+86 ${PHONE}`);
    expect((await ids()).length).toBe(2);
  });

  it("rows that were refused are handed over too, and names in the names of files go", async () => {
    const { workspace, state } = community;
    await community.import(
      "与金丝雀甲的聊天.csv",
      `${says("wxid_other", "好")}g1,${FIRST},金丝雀甲,不是时间,在吗\n`,
    );
    expect(JSON.stringify((await held()).refused)).toContain("在吗");
    await forgetIn(workspace, state, FIRST);
    const files = await state.read((database) =>
      database.all("select file_name from imports order by 1 desc"),
    );
    expect(files[0]).toEqual({ file_name: "与已删除的聊天.csv" });
    expect(readFileSync(workspace.state).includes("金丝雀甲")).toBe(false);
  });

  it.each(["88", "review", "2026-11", "1,234", "月"])(
    "whoever is called %s takes no report with them",
    async (name) => {
      const { workspace, state } = community;
      await community.import("named.csv", members({ member_id: "wxid_named", name }));
      const week = join(workspace.reports, "2026-W46");
      mkdirSync(week, { recursive: true });
      const report = JSON.stringify({
        review: { week: "2026-11-09", month: "11月", orders: 88, amount: "1,234.00" },
      });
      writeFileSync(join(week, "review.json"), report);
      writeFileSync(join(week, "review.pdf"), `%PDF ${report}`);
      writeFileSync(join(week, "people.md"), "wxid_named 该联系了\n");
      const { isCommon, cleaned } = await forgetIn(workspace, state, "wxid_named");
      expect([isCommon, cleaned]).toEqual([true, ["reports/2026-W46/people.md"]]);
      expect(readFileSync(join(week, "review.json"), "utf8")).toBe(report);
      expect(readFileSync(join(week, "review.pdf"), "utf8")).toContain(report);
    },
  );
});

describe.each(readdirSync(KEPT))("a workspace of an earlier release (%s)", (file) => {
  it("hands over and forgets whom it knows, unbuilt", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fupan-kept-"));
    try {
      for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(KEPT, file))))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
      }
      const workspace = openWorkspace(folder);
      const state = new State(workspace.state);
      const read = async (sql: string) => {
        const database = await Database.open(":memory:");
        await createLakeViews(database, workspace.lake, await listParts(state));
        return database.all(sql).finally(() => database.close());
      };
      const [somebody] = await read(
        "select raw_id, name from lake.contacts where raw_id is not null and length(name) > 1 and person_key in (select person_key from lake.messages) order by all limit 1",
      );
      const id = String(somebody?.["raw_id"]);
      const before = await exportPerson(workspace, state, CATALOG, id);
      expect(before.facts.messages?.length).toBeGreaterThan(0);
      const older = everyFile(workspace.marts);
      await forgetIn(workspace, state, id);
      const left = await read(
        `select (select count(*) from lake.messages where person_key in ('${before.keys.join("','")}'))
           + (select count(*) from lake.contacts where raw_id = '${id}') as n`,
      );
      expect(left).toEqual([{ n: 0 }]);
      expect(
        everyFile(workspace.marts).filter((one) => older.includes(one) && one.endsWith(".duckdb")),
      ).toEqual([]);
      for (const one of [...everyFile(workspace.marts), workspace.state])
        expect(readFileSync(one).includes(id)).toBe(false);
      await expect(exportPerson(workspace, state, CATALOG, id)).rejects.toThrow("Nobody is known");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
