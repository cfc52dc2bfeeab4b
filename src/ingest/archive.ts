import { once } from "node:events";
import { createReadStream, createWriteStream, readdirSync, statSync, type WriteStream } from "node:fs";
import { basename, join, relative } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import yauzl, { type Entry } from "yauzl";
import { messageOf, UserError } from "../kit/errors.ts";

/** One JSON file of an archive becomes one line; a larger one must be unpacked by hand. */
const MAX_JSON = 64 << 20;
const MAX_ENTRIES = 20_000;
/** A file that expands more than this, beyond its first 10 MB, is taken for a bomb. */
const MAX_RATIO = 100;
const RATIO_FROM = 10 << 20;

/** A file of an archive or a folder, not yet opened. */
export interface Member {
  name: string;
  bytes: number;
  open: () => Promise<Readable>;
}

const TEXT = /\.(txt|csv|tsv|json|jsonl|xml|ya?ml)$/i;
const HIDDEN = /(^|\/)(__MACOSX\/|\.)/;

/** The text files of a zip, by their names in it. @throws UserError for a broken archive or a bomb. */
export async function zipMembers(path: string): Promise<{ members: Member[]; close: () => void }> {
  const zip = await yauzl
    .openPromise(path, { autoClose: false, lazyEntries: true })
    .catch((cause: unknown) => {
      throw broken(path, messageOf(cause), cause);
    });
  const members: Member[] = [];
  let packed = 0;
  let bytes = 0;
  try {
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      if (members.length >= MAX_ENTRIES) throw broken(path, `more than ${MAX_ENTRIES} files`);
      packed += entry.compressedSize;
      bytes += entry.uncompressedSize;
      if (bytes > RATIO_FROM && bytes > packed * MAX_RATIO) throw broken(path, "expands more than 100 times");
      if (!TEXT.test(entry.fileName) || HIDDEN.test(entry.fileName)) continue;
      members.push({
        name: entry.fileName,
        bytes: entry.uncompressedSize,
        // yauzl ends the stream with an error when an entry is longer than it says.
        open: () => zip.openReadStreamPromise(entry),
      });
    }
  } catch (cause) {
    zip.close();
    if (cause instanceof UserError) throw cause;
    throw broken(path, messageOf(cause), cause);
  }
  return { members, close: () => zip.close() };
}

/** The text files below a folder that is one export. */
export function folderMembers(root: string): Member[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXT.test(entry.name) && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      name: relative(root, path),
      bytes: statSync(path).size,
      open: () => Promise.resolve(createReadStream(path)),
    }));
}

/** Writes one member as it is. */
export async function extract(member: Member, target: string): Promise<void> {
  await pipeline(await member.open(), createWriteStream(target, { mode: 0o600 }));
}

/** Writes all JSON of several members as lines `{entry, value}`, in the order of their names. */
export async function bundle(members: readonly Member[], target: string): Promise<void> {
  const out = createWriteStream(target, { mode: 0o600 });
  try {
    for (const member of [...members].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (/\.jsonl$/i.test(member.name)) await bundleLines(member, out);
      else if (/\.json$/i.test(member.name)) await bundleValue(member, out);
    }
  } finally {
    out.end();
    await finished(out);
  }
}

async function bundleLines(member: Member, out: WriteStream): Promise<void> {
  const lines = createInterface({ input: await member.open(), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line.trim() !== "") await put(out, member.name, line);
}

async function bundleValue(member: Member, out: WriteStream): Promise<void> {
  if (member.bytes > MAX_JSON) throw broken(member.name, "larger than 64 MiB");
  const parts: Buffer[] = [];
  for await (const part of await member.open()) parts.push(part as Buffer);
  // Line ends stand between tokens only: inside strings JSON writes \n.
  await put(
    out,
    member.name,
    Buffer.concat(parts)
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .replace(/[\r\n]+/g, " "),
  );
}

async function put(out: WriteStream, name: string, json: string): Promise<void> {
  if (!out.write(`{"entry":${JSON.stringify(name)},"value":${json}}\n`)) await once(out, "drain");
}

function broken(path: string, why: string, cause?: unknown): UserError {
  return new UserError(
    { zh: `${basename(path)} 解压失败：${why}`, en: `${basename(path)} could not be unpacked: ${why}` },
    {
      hint: {
        zh: "文件可能没有下载完整，请重新下载；或者先自己解压，再导入文件夹。",
        en: "It may be cut off: download it again, or unpack it yourself and import the folder.",
      },
      cause,
    },
  );
}
