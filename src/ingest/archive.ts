import { isUtf8 } from "node:buffer";
import { once } from "node:events";
import { createReadStream, createWriteStream, readdirSync, statSync, type WriteStream } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import yauzl, { type Entry } from "yauzl";
import { diskError } from "../kit/disk.ts";
import { messageOf, UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";

/** One JSON file of an archive becomes one line; a larger one must be unpacked by hand. */
const MAX_JSON = 64 << 20;
const MAX_ENTRIES = 20_000;
/** Pictures and all else: listing them takes a second for each 10,000. */
const MAX_LISTED = 50_000;
const MAX_RATIO = 100;
const RATIO_FROM = 10 << 20;
const MAX_TOTAL = 16 * 2 ** 30;
const LINK = 0o120000;

/** A file of an archive or a folder, not yet opened. */
export interface Member {
  name: string;
  bytes: number;
  open: () => Promise<Readable>;
}

/** A zip that is open. */
export interface Archive {
  /** Its text files. */
  members: Member[];
  /** Every file of it but hidden ones, text or not. */
  files: Member[];
  /** Bytes of all that is in it, as its directory says. */
  unpacked: number;
  /** Whether some file in it has a name like this. */
  holds: (name: RegExp) => boolean;
  close: () => void;
}

/** Why what comes out is too much: more than 100 times the packed size beyond its first 10 MB, or more than 16 GiB. */
export function excess(unpacked: number, packed: number): Text | undefined {
  if (unpacked > RATIO_FROM && unpacked > packed * MAX_RATIO)
    return { zh: "解开后超过原来的 100 倍", en: "expands more than 100 times" };
  return unpacked > MAX_TOTAL ? { zh: "解开后超过 16 GiB", en: "is larger than 16 GiB unpacked" } : undefined;
}

const TEXT = /\.(txt|csv|tsv|json|jsonl|xml(?:\.rels)?|ya?ml)$/i;
/** What systems and editors leave beside files of people. */
export const HIDDEN = /(^|\/)(__MACOSX\/|\.|~\$|(?:thumbs\.db|desktop\.ini)$)/i;

/** The text files of a zip, by their names in it. @throws UserError for a broken archive or a bomb. */
export async function zipMembers(path: string): Promise<Archive> {
  const zip = await yauzl
    .openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false })
    .catch((cause: unknown) => {
      throw broken(path, reasonOf(cause), cause);
    });
  const members: Member[] = [];
  const files: Member[] = [];
  const { size } = statSync(path);
  const names: string[] = [];
  let packed = 0;
  let bytes = 0;
  let listed = 0;
  try {
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      const most =
        members.length >= MAX_ENTRIES ? MAX_ENTRIES : ++listed > MAX_LISTED ? MAX_LISTED : undefined;
      if (most !== undefined)
        throw broken(path, { zh: `超过 ${most} 个文件`, en: `more than ${most} files` });
      // Entries may lie over one another: together they are never more than the file.
      packed = Math.min(packed + entry.compressedSize, size);
      bytes += entry.uncompressedSize;
      const tooMuch = excess(bytes, packed);
      if (tooMuch) throw broken(path, tooMuch);
      if (((entry.externalFileAttributes >>> 16) & 0o170000) === LINK)
        throw broken(path, { zh: "里面有链接", en: "holds a link" });
      const name = nameOf(entry);
      names.push(name);
      if (HIDDEN.test(name) || name.endsWith("/")) continue;
      const member: Member = {
        name,
        bytes: entry.uncompressedSize,
        // yauzl ends the stream with an error when an entry is longer than it says.
        open: () => zip.openReadStreamPromise(entry),
      };
      files.push(member);
      if (TEXT.test(name)) members.push(member);
    }
  } catch (cause) {
    zip.close();
    if (cause instanceof UserError) throw cause;
    throw broken(path, reasonOf(cause), cause);
  }
  const holds = (name: RegExp) => names.some((one) => name.test(one));
  return { members, files, unpacked: bytes, holds, close: () => zip.close() };
}

/** Windows packs names in the system's encoding without a word, others in UTF-8. @throws where it leads out of the archive. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const hasOwn =
    (entry.generalPurposeBitFlag & 0x800) !== 0 || entry.extraFields.some(({ id }) => id === 0x7075);
  const name = hasOwn
    ? yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false)
    : new TextDecoder(isUtf8(raw) ? "utf-8" : "gb18030").decode(raw).replaceAll("\\", "/");
  const wrong = yauzl.validateFileName(name);
  if (wrong !== null) throw new Error(wrong);
  return name;
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
  await named(member, async () => pipeline(await member.open(), createWriteStream(target, { mode: 0o600 })));
}

/** What goes wrong with a member, such as a wrong size or sum, is said with its name. */
function named(member: Member, work: () => Promise<void>): Promise<void> {
  return unbroken(member.name, work);
}

/** @throws UserError that names the file when its bytes can't be unpacked. */
export async function unbroken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof UserError || diskError(cause) ? cause : broken(name, reasonOf(cause), cause);
  }
}

/** Writes all JSON of several members as lines `{entry, value}`, in the order of their names. */
export async function bundle(members: readonly Member[], target: string): Promise<void> {
  const out = createWriteStream(target, { mode: 0o600 });
  try {
    for (const member of [...members].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (/\.jsonl$/i.test(member.name)) await named(member, () => bundleLines(member, out));
      else if (/\.json$/i.test(member.name)) await named(member, () => bundleValue(member, out));
    }
  } finally {
    out.end();
    await finished(out);
  }
}

async function bundleLines(member: Member, out: WriteStream): Promise<void> {
  for await (const line of linesOf(await member.open())) {
    // Each file of an archive may begin with a mark of its own.
    const json = line.replace(/^\uFEFF/, "").trim();
    if (json !== "") await put(out, member.name, json);
  }
}

/** Ended by line feeds alone: node:readline also ends them at U+2028, which JSON may hold as it is. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const part of stream) {
    const lines = (rest + decoder.write(part as Buffer)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_JSON)
      throw broken("jsonl", { zh: "有一行超过 64 MiB", en: "a line is larger than 64 MiB" });
    yield* lines;
  }
  yield rest + decoder.end();
}

async function bundleValue(member: Member, out: WriteStream): Promise<void> {
  if (member.bytes > MAX_JSON) throw broken(member.name, { zh: "超过 64 MiB", en: "larger than 64 MiB" });
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

/** What the unpacker says, in the words of whoever downloaded the file. */
function reasonOf(cause: unknown): Text {
  const said = messageOf(cause);
  if (/encrypt/i.test(said)) return { zh: "设了密码，请解压后再导入", en: "it is encrypted" };
  return { zh: "文件不完整，或不是 zip", en: said };
}

export function broken(path: string, why: Text, cause?: unknown): UserError {
  return new UserError(
    {
      zh: `${visible(basename(path))} 解压失败：${why.zh}`,
      en: `${visible(basename(path))} could not be unpacked: ${why.en}`,
    },
    {
      hint: {
        zh: "文件可能没有下载完整，请重新下载；或者先自己解压，再导入文件夹。",
        en: "It may be cut off: download it again, or unpack it yourself and import the folder.",
      },
      cause,
    },
  );
}
