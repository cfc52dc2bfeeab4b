import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSource } from "../../src/ingest/source.ts";
import { UserError } from "../../src/kit/errors.ts";
import { Community } from "../support/community.ts";
import { canonical, fixtures } from "../support/golden.ts";
import { zip } from "../support/zip.ts";

const log = fixtures().find(({ path }) => path.endsWith("/_chat.txt"));
if (!log) throw new Error("the sample of WhatsApp is gone");
const chat = log.content;
const zeros = Buffer.alloc(64 << 20);

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

/** What an import says of a file that it refuses; nothing stays in the scratch folder. */
async function refusal(name: string, content: Uint8Array): Promise<string> {
  const path = join(community.root, name);
  writeFileSync(path, content);
  const error = await openSource(path, community.workspace.scratch).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error(`not refused: ${String(error)}`);
  expect(readdirSync(community.workspace.scratch).filter((left) => left.startsWith("decoded"))).toEqual([]);
  return error.in("en");
}

describe("archives within limits", () => {
  it("a log alone, in a zip with pictures, and as gz are the same", async () => {
    const plain = await community.import("_chat.txt", chat, { group: "tea" });
    expect(plain.accepted).toBeGreaterThan(0);
    const pictures = new Map([
      ["IMG-0001.jpg", Buffer.from("no picture")],
      ["_chat.txt", chat],
      ["an attachment.zip", zip(new Map([["inner.txt", chat]]))],
      ["__MACOSX/._chat.txt", Buffer.from("resource fork")],
    ]);
    const packed = await community.import("WhatsApp Chat - Tea.zip", zip(pictures), { group: "tea" });
    expect(packed).toMatchObject({ importer: "whatsapp-txt", read: plain.read, accepted: 0 });
    const gz = await community.import("_chat.txt.gz", gzipSync(chat), { group: "tea" });
    expect(gz).toMatchObject({ importer: "whatsapp-txt", read: plain.read, accepted: 0 });
  });

  it.each(
    fixtures()
      .filter(({ members, path }) => members && !path.endsWith(".xlsx"))
      .map((one) => [one.path, one] as const),
  )(
    "%s is the same as a folder, links in it not followed",
    async (_path, { id, name, members, expected }) => {
      const folder = join(community.root, name.replace(/\.zip$/, ""));
      for (const [file, content] of members ?? []) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), content);
      }
      symlinkSync("/etc", join(folder, "etc"));
      symlinkSync("/etc/hostname", join(folder, "host.json"));
      const result = await community.importPath(folder);
      expect(result.importer).toBe(id);
      const [file] = canonical(expected.filter(({ fact }) => fact === "file"));
      const { read, accepted, duplicate, rejected } = result;
      expect(canonical([{ fact: "file", read, accepted, duplicate, rejected }])).toEqual([file]);
    },
  );

  it("JSON lines in an archive end at line feeds alone and may begin with a mark each", async () => {
    const message = (id: number, text: string) =>
      `\uFEFF${JSON.stringify({ id: `${id}`, timestamp: 1_794_790_800_000 + id, sender: { uid: "u_1", uin: "1", name: "x" }, type: "text", content: { text, elements: [{ type: "text", data: { text } }] } })}\r\n`;
    const folder = new Map([
      ["manifest.json", Buffer.from('\uFEFF{"chatInfo":{"name":"t","type":"group","peerUid":"9"}}')],
      ["chunks/c000001.jsonl", Buffer.from(message(1, "一\u2028二"))],
      ["chunks/c000002.jsonl", Buffer.from(message(2, "三\u0085四"))],
    ]);
    const result = await community.import("t.zip", zip(folder));
    expect(result).toMatchObject({ importer: "qce-chunked", read: 2, accepted: 2, rejected: 0 });
    const texts = await community.lake((database) =>
      database.all("select text from lake.messages order by text"),
    );
    expect(texts).toEqual([{ text: "一\u2028二" }, { text: "三\u0085四" }]);
  });
});

describe("archives beyond them", () => {
  it("a bomb, as zip and as gz", async () => {
    expect(await refusal("bomb.zip", zip(new Map([["_chat.txt", zeros]])))).toMatch(/more than 100 times/);
    expect(await refusal("bomb.txt.gz", gzipSync(zeros))).toMatch(/more than 100 times/);
  });

  it("an entry that is longer than it says", async () => {
    const lying = zip(new Map([["_chat.txt", zeros]]));
    // The size unpacked: in the local head, then in the directory at the end.
    lying.writeUInt32LE(100, 22);
    lying.writeUInt32LE(100, lying.lastIndexOf("PK\u0001\u0002") + 24);
    expect(await refusal("lie.zip", lying)).toMatch(/could not be unpacked/);
  });

  it("entries that lie over one another", async () => {
    // Each is within the ratio, and so is what they say of themselves together: only the file's size tells.
    const content = Buffer.from(
      Array.from({ length: 3000 }, (_, at) =>
        createHash("md5").update(`${at}`).digest("hex").padEnd(1200, "\n"),
      ).join(""),
    );
    const one = zip(new Map([["0.json", content]]));
    const directory = one.lastIndexOf("PK\u0001\u0002");
    const end = one.length - 22;
    const tail = Buffer.from(one.subarray(end));
    tail.writeUInt16LE(30, 8);
    tail.writeUInt16LE(30, 10);
    tail.writeUInt32LE(30 * (end - directory), 12);
    const many = [one.subarray(0, directory), ...Array(30).fill(one.subarray(directory, end)), tail];
    expect(content.length / one.length).toBeLessThan(90);
    expect(await refusal("over.zip", Buffer.concat(many))).toMatch(/more than 100 times/);
  });

  it("more entries than anybody has pictures", async () => {
    const pictures = new Map(Array.from({ length: 50_001 }, (_, at) => [`${at}.jpg`, new Uint8Array()]));
    expect(await refusal("many.zip", zip(pictures))).toMatch(/more than 50000 files/);
  }, 120_000);

  it("only an archive within the archive", async () => {
    const inner = zip(new Map([["_chat.txt", chat]]));
    expect(await refusal("nested.zip", zip(new Map([["inner.zip", inner]])))).toMatch(/holds no text/);
    const within = /an archive within an archive, or under another name\n.*Unpack it/;
    expect(await refusal("_chat.txt.gz", gzipSync(gzipSync(chat)))).toMatch(within);
    expect(await refusal("chat.zip.gz", gzipSync(inner))).toMatch(within);
    expect(await refusal("_chat.txt", gzipSync(chat))).toMatch(within);
    expect(await refusal("named.zip", zip(new Map([["_chat.txt", inner]])))).toMatch(within);
  });

  it.each(["../_chat.txt", "/tmp/_chat.txt", "a/../../_chat.txt", "C:\\_chat.txt"])(
    "the path %s",
    async (path) => {
      expect(await refusal("path.zip", zip(new Map([[path, chat]])))).toMatch(/could not be unpacked/);
    },
  );

  it("a link in an archive", async () => {
    const linked = zip(new Map([["_chat.txt", Buffer.from("/etc/hostname")]]));
    const entry = linked.lastIndexOf("PK\u0001\u0002");
    linked.writeUInt16LE((3 << 8) | 20, entry + 4);
    linked.writeUInt32LE((0o120777 << 16) >>> 0, entry + 38);
    expect(await refusal("link.zip", linked)).toMatch(/link/);
  });

  it("cut off, or with a wrong sum", async () => {
    const gz = gzipSync(Buffer.concat(Array(400).fill(chat)));
    expect(await refusal("cut.txt.gz", gz.subarray(0, gz.length / 2))).toMatch(/could not be unpacked/);
    const wrong = Buffer.from(gz);
    wrong.writeUInt32LE((gz.readUInt32LE(gz.length - 8) ^ 1) >>> 0, gz.length - 8);
    expect(await refusal("sum.txt.gz", wrong)).toMatch(/could not be unpacked/);
    const whole = zip(new Map([["_chat.txt", chat]]));
    expect(await refusal("cut.zip", whole.subarray(0, whole.length - 30))).toMatch(/could not be unpacked/);
  });
});
