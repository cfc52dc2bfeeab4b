import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, statSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { diskError } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import { bundle, excess, extract, folderMembers, zipMembers } from "./archive.ts";
import { isWorkbook, type RankSheet, workbookToCsv } from "./xlsx.ts";

const CHUNK = 4 << 20;
/** Bytes of a chunk that tell its encoding; a character cut at their end counts as a bad one. */
const SAMPLE = 1 << 16;

/** A file as text: a UTF-8 copy where the bytes were anything else. Call `dispose` when done. */
export interface Source {
  /** The user's file. */
  path: string;
  name: string;
  bytes: number;
  sha256: string;
  encoding: "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be" | "gb18030";
  /** UTF-8 text, perhaps with a BOM: the file itself or a copy in the scratch folder. */
  text: string;
  /** Undecodable bytes that became U+FFFD. */
  replaced: number;
  /** Names of an archive's or a folder's entries; empty for a plain file. */
  entries: readonly string[];
  /** Name of a workbook's sheet. */
  sheet: string | undefined;
  /** Hands over a copy to be removed by `dispose`. @returns its path. */
  keep(path: string): string;
  dispose(): Promise<void>;
}

/**
 * @param path a file, or a folder that is one export.
 * @param keepRows empty rows of a workbook stay, so that a record's number is its row.
 * @param rank which sheet of a workbook to take.
 * @throws UserError for an empty file, a bomb, a broken archive.
 */
export async function openSource(
  path: string,
  scratch: string,
  { keepRows = false, rank }: { keepRows?: boolean; rank?: RankSheet } = {},
): Promise<Source> {
  const stat = statSync(path);
  const { size } = stat;
  let name = basename(path);
  if (size === 0) {
    throw new UserError(
      { zh: `${name} 是空文件`, en: `${name} is empty` },
      { hint: { zh: "重新导出后再导入。", en: "Export it again, then import." } },
    );
  }
  const copies: string[] = [];
  const copy = () => {
    mkdirSync(scratch, { recursive: true, mode: 0o700 });
    const target = join(
      scratch,
      `decoded-${process.pid}-${copies.length}-${Math.trunc(performance.now())}.txt`,
    );
    copies.push(target);
    return target;
  };
  const dispose = async () => {
    await Promise.all(copies.map((file) => rm(file, { force: true })));
  };
  try {
    let text = path;
    let sha256: string | undefined;
    let entries: readonly string[] = [];
    let sheet: string | undefined;
    if (/\.gz$/i.test(name)) {
      sha256 = await hashOf(path);
      text = copy();
      await gunzip(path, text, size);
    } else if (stat.isDirectory()) {
      text = copy();
      const members = folderMembers(path);
      entries = members.map((member) => member.name);
      await bundle(members, text);
    } else if (await isZip(path)) {
      sha256 = await hashOf(path);
      text = copy();
      ({ entries, name, sheet } = await unzip(path, text, keepRows, rank));
    }
    const encoding = await detect(text);
    sha256 ??= encoding.sha256;
    let replaced = 0;
    if (encoding.transcode) {
      const decoded = copy();
      replaced = await transcode(text, decoded, encoding.name);
      text = decoded;
    }
    return {
      path,
      name: name.replace(/\.gz$/i, ""),
      bytes: size,
      sha256,
      encoding: encoding.name,
      text,
      replaced,
      entries,
      sheet,
      keep: (copied) => {
        mkdirSync(scratch, { recursive: true, mode: 0o700 });
        copies.push(copied);
        return copied;
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.equals(Buffer.from("PK\u0003\u0004"));
  } finally {
    await file.close();
  }
}

/** A workbook becomes a table; one text file is taken out as it is; several JSON files become lines. @returns entries, and the name to go by. */
async function unzip(
  path: string,
  target: string,
  keepRows: boolean,
  rank: RankSheet | undefined,
): Promise<{ entries: string[]; name: string; sheet?: string }> {
  const { members, close } = await zipMembers(path);
  try {
    const entries = members.map((member) => member.name);
    const zip = basename(path);
    if (isWorkbook(entries)) {
      const sheet = await workbookToCsv(members, target, keepRows, rank);
      return { sheet, entries: [], name: `${zip.replace(/\.zip$/i, "").replace(/\.xls[xm]$/i, "")}.csv` };
    }
    const [only, second] = members;
    const json = members.every((member) => /\.jsonl?$/i.test(member.name));
    if (only && !second) {
      await extract(only, target);
      // What every export calls its log says nothing of the group; the archive's name does.
      const own = basename(only.name);
      return {
        entries: [],
        name: /^_?chat\.txt$|^result\.json$|^messages\.json$/i.test(own)
          ? zip.replace(/\.zip$/i, extname(own))
          : own,
      };
    }
    if (only && json) {
      await bundle(members, target);
      return { entries, name: zip };
    }
    throw new UserError(
      {
        zh: `${zip} 里有 ${members.length} 个文件，看不出是哪一种导出`,
        en: `${zip} holds ${members.length} files, which make no export that is known`,
      },
      { hint: { zh: "请解压后导入里面的文件。", en: "Unpack it and import the files in it." } },
    );
  } finally {
    close();
  }
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

interface Detected {
  name: Source["encoding"];
  transcode: boolean;
  /** Of the same bytes: the file is read once for both. */
  sha256: string;
}

/** BOM, then strict UTF-8 over the whole file, then GB18030. Never latin-1: that is silent mojibake. */
async function detect(path: string): Promise<Detected> {
  const hash = createHash("sha256");
  const found = (encoding: Source["encoding"], transcode: boolean): Detected => ({
    name: encoding,
    transcode,
    sha256: hash.digest("hex"),
  });
  let utf16: Source["encoding"] | undefined;
  let first = true;
  let bom = false;
  let rest: Buffer = Buffer.alloc(0);
  let bad = 0;
  let total = 0;
  for await (const part of createReadStream(path, { highWaterMark: CHUNK })) {
    hash.update(part as Buffer);
    if (utf16) continue;
    let chunk: Buffer = rest.length ? Buffer.concat([rest, part as Buffer]) : (part as Buffer);
    if (first) {
      first = false;
      if (chunk[0] === 0xff && chunk[1] === 0xfe) utf16 = "utf-16le";
      if (chunk[0] === 0xfe && chunk[1] === 0xff) utf16 = "utf-16be";
      if (utf16) continue;
      bom = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    }
    const whole = chunk.length - partialTail(chunk);
    rest = chunk.subarray(whole);
    chunk = chunk.subarray(0, whole);
    if (isUtf8(chunk)) continue;
    // The share of bad bytes needs no more than the beginning of each chunk; a few alone are counted to the last.
    const sampled = beyondAscii(chunk.subarray(0, SAMPLE).toString("utf8"));
    const seen = sampled.bad > 3 ? sampled : beyondAscii(chunk.toString("utf8"));
    bad += seen.bad;
    total += seen.total;
  }
  if (utf16) return found(utf16, true);
  if (rest.length > 0) bad++;
  const name = bom ? "utf-8-bom" : "utf-8";
  if (bad === 0) return found(name, false);
  // A few cut sequences (a truncated file, an exporter that cuts at n bytes) do not make it another encoding.
  const stray = bad <= 2 || bad * 50 < total;
  return found(stray ? name : "gb18030", true);
}

/** How many bytes at the end belong to a UTF-8 sequence that goes on in the next chunk. */
function partialTail(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Characters that are not ASCII, and those of them that stand for bytes without a meaning. */
function beyondAscii(text: string): { bad: number; total: number } {
  let bad = 0;
  let total = 0;
  // A list of the finds would be as long as a file in another encoding.
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    total++;
    if (code === 0xfffd) bad++;
  }
  return { bad, total };
}

async function transcode(from: string, to: string, encoding: Source["encoding"]): Promise<number> {
  const decoder = new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding);
  let replaced = 0;
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = decoder.decode(chunk, { stream: true });
      replaced += text.includes("\uFFFD") ? beyondAscii(text).bad : 0;
      done(null, Buffer.from(text));
    },
    flush(done) {
      const text = decoder.decode();
      replaced += text.includes("\uFFFD") ? beyondAscii(text).bad : 0;
      done(null, Buffer.from(text));
    },
  });
  await pipeline(
    createReadStream(from, { highWaterMark: CHUNK }),
    decode,
    createWriteStream(to, { mode: 0o600 }),
  );
  return replaced;
}

/** DuckDB reads a cut .gz without a word, so only zlib unpacks. */
async function gunzip(from: string, to: string, packed: number): Promise<void> {
  let out = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      out += chunk.length;
      const tooMuch = excess(out, packed);
      done(tooMuch ? new Error(tooMuch) : null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), createGunzip(), meter, createWriteStream(to, { mode: 0o600 }));
  } catch (error) {
    if (diskError(error)) throw error;
    const why = error instanceof Error ? error.message : "";
    throw new UserError(
      { zh: `${basename(from)} 解压失败：${why}`, en: `${basename(from)} could not be unpacked: ${why}` },
      {
        hint: { zh: "文件可能没有下载完整，请重新下载。", en: "It may be cut off; download it again." },
        cause: error,
      },
    );
  }
}
