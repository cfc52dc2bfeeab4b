import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { runImports } from "../../src/commands/import.ts";
import { openCollection } from "../../src/ingest/collection.ts";
import { listImports } from "../../src/state/ledger.ts";
import { Community } from "../support/community.ts";
import { testContext } from "../support/desk.ts";
import { type Fixture, fixtures } from "../support/golden.ts";
import { workbook } from "../support/workbook.ts";
import { zip } from "../support/zip.ts";

type Files = Record<string, Uint8Array | string>;
const packed = (files: Files) =>
  zip(new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])));

const orders = "order_id,paid_at,amount\nA1,2026-11-10 12:00:00,5.00\nA2,昨天,6.00\n";
const members = "group_id,member_id,name\ng1,m1,小满\ng1,m2,阿青\n";
const sample = (is: (fixture: Fixture) => boolean) => {
  const found = fixtures().find(is);
  if (!found) throw new Error("a sample is gone");
  return found;
};
const chat = sample(({ path }) => path.endsWith("/_chat.txt")).content;
const slack = sample(({ id, members: files }) => id === "slack-export" && files !== undefined);

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

async function imported(content: Uint8Array, name = "收件箱.zip") {
  const path = join(community.root, name);
  writeFileSync(path, content);
  const { workspace, state } = community;
  const summary = await runImports(testContext(), workspace, state, importers, [path], {});
  expect(scratch()).toEqual([]);
  return summary;
}
const scratch = () =>
  existsSync(community.workspace.scratch)
    ? readdirSync(community.workspace.scratch).filter((left) => /^unpacked|^decoded/.test(left))
    : [];
const told = ({ files }: Awaited<ReturnType<typeof imported>>) =>
  files
    .map(({ path, importer, status, read, accepted, duplicate, rejected }) => {
      expect(read).toBe(accepted + duplicate + rejected);
      return `${path} ${importer} ${status} ${read}=${accepted}+${duplicate}+${rejected}`;
    })
    .sort();
const why = ({ files }: Awaited<ReturnType<typeof imported>>) =>
  files.flatMap(({ path, issues }) => issues.map(({ message }) => `${path}: ${message.en}`)).join("\n");

describe("a zip of several exports", () => {
  it("is read as that many files, nested ones too, and known the second time", async () => {
    const inbox = packed({
      "__MACOSX/._orders.csv": "fork",
      ".DS_Store": "\u0000\u0001",
      "群/名单.csv": members,
      "群/合影.jpg": "no picture",
      "群/~$名单.xlsx": "lock",
      "orders.csv": orders,
      "茶友群.zip": packed({ "_chat.txt": chat }),
      "更早的.zip": packed({ "说明.pdf": "%PDF-1.7 x", "a.csv": members, "b.csv": orders }),
    });
    const first = await imported(inbox);
    const log = first.files.find(({ importer }) => importer === "whatsapp-txt");
    expect(told(first)).toEqual([
      "收件箱.zip/orders.csv fupan-orders imported 2=1+0+1",
      "收件箱.zip/更早的.zip/a.csv fupan-members imported 2=2+0+0",
      "收件箱.zip/更早的.zip/b.csv fupan-orders unchanged 2=0+1+1",
      "收件箱.zip/更早的.zip/说明.pdf null failed 0=0+0+0",
      "收件箱.zip/群/名单.csv fupan-members unchanged 2=0+2+0",
      `收件箱.zip/茶友群.zip whatsapp-txt imported ${log?.read}=${log?.accepted}+0+0`,
    ]);
    expect(log?.groups).toEqual(["茶友群"]);
    expect(first.files.flatMap(({ notes }) => notes.map(({ zh }) => zh))).toContain(
      "收件箱.zip 里有 1 个图片、音视频或聊天附件没有读：群/合影.jpg",
    );
    const again = await imported(inbox);
    expect(again.totals).toMatchObject({ read: first.totals.read, accepted: 0, failed: 1 });
    expect(again.files.filter(({ status }) => status === "imported")).toEqual([]);
    const names = (await listImports(community.state)).map(({ fileName }) => fileName);
    expect(new Set(names)).toEqual(
      new Set([
        "收件箱.zip/orders.csv",
        "收件箱.zip/更早的.zip/a.csv",
        // An archive of one log lends it its name.
        "收件箱.zip/茶友群.txt",
      ]),
    );
  });

  it("with a workbook, a folder that is one export, and logs that every export calls the same", async () => {
    const files: Files = {
      "名单.xlsx": workbook([
        {
          name: "名单",
          rows: Object.fromEntries(
            members
              .trim()
              .split("\n")
              .map((line, at) => [at + 1, line.split(",")]),
          ),
        },
      ]),
      "一群/_chat.txt": chat,
      "二群/_chat.txt": Buffer.concat([chat, Buffer.from("\n")]),
    };
    for (const [name, content] of slack.members ?? []) files[`备份/Slack/${name}`] = content;
    const result = await imported(packed(files));
    expect(
      result.files.map(({ path, importer, groups }) => [
        path,
        importer,
        ...(importer === "whatsapp-txt" ? groups : []),
      ]),
    ).toEqual([
      ["收件箱.zip/一群/_chat.txt", "whatsapp-txt", "一群"],
      ["收件箱.zip/二群/_chat.txt", "whatsapp-txt", "二群"],
      ["收件箱.zip/名单.xlsx", "fupan-members"],
      ["收件箱.zip/备份/Slack", "slack-export"],
    ]);
    const [whole] = slack.expected.filter(({ fact }) => fact === "file");
    expect(result.files.at(-1)?.read).toBe(whole?.["read"]);
  });

  it("whose names are in GBK without a word, or in UTF-8", async () => {
    const utf8 = packed({ "订单.csv": orders, "members.csv": members });
    expect(told(await imported(unmarked(utf8)))).toContain(
      "收件箱.zip/订单.csv fupan-orders imported 2=1+0+1",
    );
    const gbk = packed({ "AAAA.csv": orders, "CCCCCC\\members.csv": members });
    const named = renamed(renamed(unmarked(gbk), "AAAA", "b6a9b5a5"), "CCCCCC", "b2e8d3d1c8ba");
    expect(told(await imported(named, "二.zip"))).toEqual([
      "二.zip/茶友群/members.csv fupan-members unchanged 2=0+2+0",
      "二.zip/订单.csv fupan-orders unchanged 2=0+1+1",
    ]);
  });

  it("of which one has a password: that one is named, the others are read", async () => {
    const result = await imported(locked(packed({ "a.csv": orders, "b.csv": members }), "b.csv"));
    expect(told(result)).toEqual([
      "收件箱.zip/a.csv fupan-orders imported 2=1+0+1",
      "收件箱.zip/b.csv null failed 0=0+0+0",
    ]);
    expect(why(result)).toMatch(/收件箱\.zip\/b\.csv: b\.csv could not be unpacked: it is encrypted/);
  });
});

describe("what stays one file", () => {
  it.each<[string, Files, string]>([
    ["a log with pictures", { "_chat.txt": chat, "1.jpg": "x", "2.pdf": "%PDF" }, "whatsapp-txt"],
    ["a table alone", { "orders.csv": orders }, "fupan-orders"],
    ["an export of many files", Object.fromEntries(slack.members ?? []), "slack-export"],
  ])("%s", async (_what, files, importer) => {
    const result = await imported(packed(files), "x.zip");
    expect(result.files.map((one) => [one.path, one.importer])).toEqual([["x.zip", importer]]);
    expect(result.totals.failed).toBe(0);
  });

  it("what was sent in a log is its attachment, a table that is only spoken of is not", async () => {
    const log = `[2026/11/2 10:00:00] 小满: <附件：0001-orders.csv>\n[2026/11/2 10:01:00] 阿青: 看 members.csv\n`;
    const android = `2026/11/2, 10:00 - 小满: 名单.xlsx (文件附件)\n2026/11/2, 10:01 - 阿青: 收到\n`;
    const result = await imported(
      packed({
        "一/_chat.txt": log,
        "一/0001-orders.csv": orders,
        "一/members.csv": members,
        "二/与茶的 WhatsApp 聊天.txt": android,
        "二/名单.xlsx": "no workbook",
      }),
    );
    expect(told(result)).toEqual([
      "收件箱.zip/一/_chat.txt whatsapp-txt imported 2=2+0+0",
      "收件箱.zip/一/members.csv fupan-members imported 2=2+0+0",
      "收件箱.zip/二/与茶的 WhatsApp 聊天.txt whatsapp-txt imported 2=2+0+0",
    ]);
    expect(result.files[0]?.notes[0]?.en).toMatch(
      /2 pictures, sounds or attachments.*0001-orders\.csv, 二\/名单/,
    );
  });
});

describe("limits", () => {
  const zeros = Buffer.alloc(30 << 20);

  it("a doll of archives is weighed as a whole", async () => {
    // Each is within a hundredfold, one in the other they are not.
    const inner = packed({ "a.csv": orders, "b.csv": zeros.subarray(0, 9 << 20) });
    const many = packed(Object.fromEntries(Array.from({ length: 4 }, (_, at) => [`${at}.zip`, inner])));
    const result = await imported(packed({ "x.csv": members, "many.zip": many }));
    expect(why(result)).toMatch(/\d+\.zip could not be unpacked: expands more than 100 times/);
    expect(told(result)).toContain("收件箱.zip/x.csv fupan-members imported 2=2+0+0");
  });

  it.each(["../a.csv", "/tmp/a.csv", "C:\\a.csv"])("the name %s leads nowhere", async (name) => {
    const result = await imported(packed({ [name]: orders, "b.csv": members }));
    expect(told(result)).toEqual(["收件箱.zip null failed 0=0+0+0"]);
    expect(existsSync(join(community.workspace.scratch, "..", "a.csv"))).toBe(false);
  });

  it("an archive in an archive in an archive … ends", async () => {
    let doll = packed({ "a.csv": orders, "b.csv": members });
    for (let at = 0; at < 8; at++) doll = packed({ "doll.zip": doll });
    expect(why(await imported(doll))).toMatch(/too deep/);
  });

  it("no zip, an empty file, nothing there", async () => {
    const path = join(community.root, "a.zip");
    for (const content of ["", "order_id\n"]) {
      writeFileSync(path, content);
      expect(await openCollection(path, community.workspace.scratch, importers)).toBeUndefined();
    }
    expect(await openCollection(`${path}x`, community.workspace.scratch, importers)).toBeUndefined();
  });
});

/** Each entry's heads, as they stand in a zip. */
function heads(archive: Buffer): { at: number; flags: number }[] {
  const found = [];
  for (const [mark, flags] of [
    ["PK\u0003\u0004", 6],
    ["PK\u0001\u0002", 8],
  ] as const)
    for (let at = archive.indexOf(mark); at >= 0; at = archive.indexOf(mark, at + 4))
      found.push({ at, flags: at + flags });
  return found;
}

/** The same without the mark that names are UTF-8. */
function unmarked(archive: Buffer): Buffer {
  for (const { flags } of heads(archive)) archive.writeUInt16LE(0, flags);
  return archive;
}

function renamed(archive: Buffer, from: string, to: string): Buffer {
  for (let at = archive.indexOf(from); at >= 0; at = archive.indexOf(from, at))
    Buffer.from(to, "hex").copy(archive, at);
  return archive;
}

function locked(archive: Buffer, name: string): Buffer {
  for (const { at, flags } of heads(archive))
    if (archive.indexOf(name, at) < at + 60) archive.writeUInt16LE(0x801, flags);
  return archive;
}
