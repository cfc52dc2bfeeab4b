import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { forget } from "../../src/admin/forget.ts";
import { verify } from "../../src/admin/verify.ts";
import { Campaigns } from "../../src/campaigns/store.ts";
import { writeWorkbook } from "../../src/report/workbook.ts";
import { audit } from "../../src/state/audit.ts";
import { saveColumnMap } from "../../src/state/batches.ts";
import { listParts, recordFailure } from "../../src/state/ledger.ts";
import { addUser } from "../../src/state/users.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { textsOf } from "../privacy/planted.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

// A name that JSON, CSV and pages each write in a way of their own, and the ways in which people write a number.
const ID = "wxid_canary_01";
const NAME = '金丝"雀&甲<乙>\\丁';
const PHONE = "19900000042";
const EMAIL = "Canary.One@example.invalid";
const SPELLED = ["+86 199 0000 0042", "199-0000-0042", "(+86)199 00000042", "００８６１９９００００００４２"];
const MARK = "雀&甲<乙>";

const member = (member_id: string, more: Record<string, string> = {}) => ({
  ...{ group_id: "g1", member_id, name: "", phone: "", joined_at: "2026-09-01 00:00:00", left_at: "" },
  ...{ remark: "", ...more },
});
const members = (after = "") =>
  csv([
    member(ID, { name: NAME, phone: PHONE }),
    ...SPELLED.map((number, at) => member(`m${at}`, { remark: `朋友${number}${after}` })),
    member("m7", { remark: `他叫${NAME}` }),
    member("m8", { remark: `写信 ${EMAIL.toUpperCase()}${after}` }),
    member("m9", { remark: `老客${after}` }),
  ]);
const BOOK =
  "tables: [{ id: book, kind: contact, columns: { person_id: 谁, name: 叫, phone: 手机, email: 信箱 } }]\n";
const contacts = csv([{ 谁: ID, 叫: NAME, 手机: PHONE, 信箱: EMAIL }]);
const refused = csv(
  [...SPELLED, NAME, EMAIL.toLowerCase(), "好"].map((text, at) => ({
    ...{ group_id: "g1", sender_id: `m${at}`, sent_at: "昨天", text: `找 ${text}` },
  })),
);

let community: Community;
beforeEach(async () => {
  community = new Community(BOOK);
  await community.import("contacts.csv", contacts);
  await community.import("members.csv", members());
});
afterEach(() => community.remove());

const forgetNow = () =>
  forget(
    community.workspace,
    community.state,
    readCatalog(SQL_ROOT),
    ID,
    { who: "tester", at: NOW },
    async () => undefined,
  );

/** As one writes it, whoever reads it: without what stands between digits, without the case and the marks of formats. */
function canaries(text: string): string[] {
  const plain = text
    .normalize("NFKC")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replace(/[\s()-]/g, "");
  return [ID, MARK, PHONE, EMAIL.toLowerCase()].filter((value) =>
    plain.toLowerCase().includes(value.toLowerCase()),
  );
}
async function cells(): Promise<string> {
  const parts = await listParts(community.state);
  const read = parts.map(({ path }) => join(community.workspace.lake, path));
  return community.lake(async (database) => {
    const rows = [];
    for (const path of read)
      rows.push(
        ...(await database.all(
          `select to_json(t)::varchar as line from read_parquet('${path}', hive_partitioning = false) as t`,
        )),
      );
    return rows.map(({ line }) => String(line)).join("\n");
  });
}

it("goes from cells and refused rows however they are written there, and a longer export brings none back", async () => {
  await community.import("chat.csv", refused);
  expect(canaries(await cells())).toEqual([ID, MARK, PHONE, EMAIL.toLowerCase()]);
  await forgetNow();
  expect(canaries(await cells())).toEqual([]);
  expect(await cells()).toContain("老客");
  expect(await community.import("members.csv", `${members()}\n`)).toMatchObject({ accepted: 0 });
  await community.import("members-later.csv", members("，下月搬家"));
  const later = await cells();
  expect(canaries(later).filter((value) => value !== MARK)).toEqual([]);
  expect(later).toContain("老客，下月搬家");
});

it("goes from reports, lists and campaigns in each format, from workbooks, and from what is drawn of them", async () => {
  const { reports, lists } = community.workspace;
  const week = join(reports, "2026-W46");
  mkdirSync(week, { recursive: true });
  const page = NAME.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  writeFileSync(join(week, "review.html"), `<p>${page}</p>`);
  writeFileSync(join(week, "review.json"), JSON.stringify({ note: `${NAME} ${SPELLED[0]}` }));
  writeFileSync(join(week, "review.md"), `| ${NAME} | ${SPELLED[1]} |`);
  for (const drawn of ["review.pdf", "review.png", "another.pdf"]) writeFileSync(join(week, drawn), "drawn");
  writeFileSync(join(lists, "list.csv"), csv([{ name: NAME, mail: EMAIL.toUpperCase() }]));
  const heads = [{ title: "name", kind: "text" as const }];
  writeFileSync(join(lists, "list.xlsx"), await writeWorkbook([{ name: "list", heads, rows: [[NAME]] }]));
  writeFileSync(join(lists, "other.xlsx"), await writeWorkbook([{ name: "list", heads, rows: [["乙"]] }]));
  const campaigns = new Campaigns(lists);
  campaigns.add({
    ...{ title: `唤醒${NAME}`, createdAt: "2026-11-24T08:00:00Z", by: "local", message: SPELLED[2] ?? "" },
    list: { week: "2026-W46", group: "*", segment: "dormant", why: null },
    ...{ from: "2026-11-25", to: "2026-12-08", treated: ["a"], held: [] },
  });
  const { cleaned } = await forgetNow();
  for (const file of [reports, lists].flatMap(everyFile))
    expect([file, canaries(textsOf(file))]).toEqual([file, []]);
  expect(cleaned.length).toBe(8);
  expect(campaigns.list()).toMatchObject([{ title: "唤醒已删除", message: "(已删除" }]);
  expect(everyFile(week).map((file) => file.slice(week.length + 1))).toEqual([
    "another.pdf",
    "review.html",
    "review.json",
    "review.md",
    "seal.json",
  ]);
  expect(everyFile(lists).filter((file) => file.endsWith(".xlsx")).length).toBe(1);
  expect((await verify(community.workspace, community.state)).problems).toEqual([]);
});

it("goes from what the state keeps of files, maps of columns and decisions", async () => {
  const { state } = community;
  await community.import(
    "another.csv",
    csv([{ sender_id: "m2", sent_at: "2026-11-12 10:00:00", text: "好" }]),
    {
      group: `${NAME}的群`,
    },
  );
  const map = { id: "custom-1", title: `${NAME}的表`, kind: "chat", columns: { text: ID } };
  await saveColumnMap(state, map.id, map, NOW);
  await recordFailure(state, `${NAME}.csv`, null, { zh: `打不开 ${NAME}`, en: `No ${SPELLED[0]}` }, NOW);
  await state.write(async (database) => {
    await database.run(
      `insert into suggestions (suggestion_id, rule, group_id, week, status, shown, text_zh, text_en, owner, reason)
       values ('s', 'r', 'g1', '2026-11-09', 'rejected', $shown, $text, $text, $name, $reason)`,
      {
        shown: JSON.stringify({ a: NAME }),
        text: `找 ${SPELLED[1]}`,
        name: NAME,
        reason: EMAIL.toLowerCase(),
      },
    );
    await database.run(
      "insert into suggestion_steps (suggestion_id, step, made_at, made_by, detail) values ('s', 'edited', '2026-11-10', 'x', $detail)",
      { detail: JSON.stringify({ text: NAME }) },
    );
  });
  const { isInAccounts, mentions } = await forgetNow();
  // A group is called as it is called: that is told.
  expect([isInAccounts, mentions]).toEqual([false, { messages: 1 }]);
  const tables = await state.read(async (database) => {
    const names = await database.all("select table_name as name from duckdb_tables() where not internal");
    const found: [string, string[]][] = [];
    for (const { name } of names) {
      const but = name === "imports" ? "* exclude (group_ids)" : "*";
      const rows = await database.all(
        `select to_json(t)::varchar as line from (select ${but} from ${String(name)}) as t`,
      );
      found.push([String(name), canaries(rows.map(({ line }) => String(line)).join("\n"))]);
    }
    return found;
  });
  expect(tables.filter(([, found]) => found.length > 0)).toEqual([]);
  expect(readFileSync(state.path).includes(ID)).toBe(false);
  const [spec] = await state.read((database) => database.all("select spec from column_maps"));
  expect(JSON.parse(String(spec?.["spec"]))).toMatchObject({ id: "custom-1", title: "已删除的表" });
});

it.each([
  [
    "an account",
    (state: Community["state"]) =>
      addUser(state, { name: ID, role: "admin", groups: [] }, "x".repeat(12), NOW),
  ],
  [
    "a line of the audit",
    (state: Community["state"]) =>
      audit(state, {
        at: NOW.toISOString(),
        who: "x",
        action: "export",
        detail: JSON.stringify({ group: NAME }),
      }),
  ],
])("%s that names the person is kept, and told of", async (_, add) => {
  await add(community.state);
  expect((await forgetNow()).isInAccounts).toBe(true);
  expect((await verify(community.workspace, community.state)).problems).toEqual([]);
});
