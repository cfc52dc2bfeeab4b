import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, type Stats, statSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { diskError, sha256Of } from "../kit/disk.ts";
import { messageOf, UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { bundle, excess, extract, folderMembers, unbroken, zipMembers } from "./archive.ts";
import { detect, type Encoding, transcode } from "./encoding.ts";
import { isCommonName, ownName } from "./file-name.ts";
import { crToLf, endsInCr } from "./line-ends.ts";
import { refuseDocument, refuseStrange } from "./strange.ts";
import { pageOf, pageToCsv } from "./web-page.ts";
import { isWorkbook, type RankSheet, type Workbook, workbookToCsv } from "./xlsx.ts";

/** What the importer of a text says that it is written in, by its ASCII. */
export type EncodingOf = (path: string, name: string) => Promise<Encoding | undefined>;

/** A file as text: a UTF-8 copy where the bytes were anything else. Call `dispose` when done. */
export interface Source {
  /** The user's file. */
  path: string;
  name: string;
  /** Of rejected records that come back: the beginning of the batch in which they were refused. */
  refusedIn: string | undefined;
  bytes: number;
  sha256: string;
  encoding: Encoding;
  /** UTF-8 text, perhaps with a BOM: the file itself or a copy in the scratch folder. */
  text: string;
  /** Undecodable bytes that became U+FFFD. */
  replaced: number;
  /** Names of an archive's or a folder's entries; empty for a plain file. */
  entries: readonly string[];
  /** What a workbook holds beside the rows. */
  workbook: Workbook | undefined;
  /** Hands over a copy to be removed by `dispose`. @returns its path. */
  keep(path: string): string;
  /** @throws UserError where the file was written to since: what was read need not be what its hash says. */
  assertSame(): void;
  dispose(): Promise<void>;
}

/**
 * @param path a file, or a folder that is one export.
 * @param keepRows empty rows of a workbook stay, so that a record's number is its row; `rank` says which sheet to take, and
 *   `encodingOf` what a text is written in that is no UTF-8.
 * @throws UserError for an empty file, a bomb, a broken archive.
 */
export async function openSource(
  path: string,
  scratch: string,
  {
    keepRows = false,
    rank,
    encodingOf,
  }: { keepRows?: boolean; rank?: RankSheet; encodingOf?: EncodingOf } = {},
): Promise<Source> {
  const stat = statSync(path);
  const { size } = stat;
  let name = basename(path);
  if (size === 0) {
    throw new UserError(
      { zh: `${visible(name)} 是空文件`, en: `${visible(name)} is empty` },
      { hint: { zh: "重新导出后再导入。", en: "Export it again, then import." } },
    );
  }
  const copies: string[] = [];
  const copy = () => {
    mkdirSync(scratch, { recursive: true, mode: 0o700 });
    // A server opens several at once: what a clock tells is not of one alone.
    const target = join(scratch, `decoded-${process.pid}-${randomUUID()}.txt`);
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
    let workbook: Workbook | undefined;
    if (/\.gz$/i.test(name)) {
      sha256 = await sha256Of(path);
      text = copy();
      await gunzip(path, text, size);
    } else if (stat.isDirectory()) {
      text = copy();
      const members = folderMembers(path);
      entries = members.map((member) => member.name);
      await bundle(members, text);
    } else if (await isZip(path)) {
      sha256 = await sha256Of(path);
      text = copy();
      ({ entries, name, workbook } = await unzip(path, text, keepRows, rank));
    }
    if (!stat.isDirectory()) await refuseStrange(text, name);
    const encoding = await detect(text);
    sha256 ??= encoding.sha256;
    const own = ownName(name.replace(/\.gz$/i, ""));
    let replaced = 0;
    if (encoding.transcode) {
      const stated = encoding.isOpen ? await encodingOf?.(text, own.name) : undefined;
      encoding.name = stated ?? encoding.name;
      const decoded = copy();
      replaced = await transcode(text, decoded, encoding.name);
      text = decoded;
    }
    if (endsInCr(text)) {
      const turned = copy();
      await crToLf(text, turned);
      text = turned;
    }
    const page = workbook || stat.isDirectory() ? undefined : await pageOf(text);
    if (page) {
      const table = copy();
      workbook = await pageToCsv(text, name, page, table, keepRows, rank);
      text = table;
    }
    return {
      path,
      name: own.name,
      refusedIn: own.batch,
      bytes: size,
      sha256,
      encoding: encoding.name,
      text,
      replaced,
      entries,
      workbook,
      keep: (copied) => {
        mkdirSync(scratch, { recursive: true, mode: 0o700 });
        copies.push(copied);
        return copied;
      },
      assertSame: () => assertSame(path, stat),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function assertSame(path: string, before: Stats): void {
  const now = statSync(path, { throwIfNoEntry: false });
  // Of a folder its own entries alone: its files are read once, into one copy.
  if (now?.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs) return;
  throw new UserError(
    {
      zh: `${visible(basename(path))} 在导入时还在被写入，没有导入`,
      en: `${visible(basename(path))} was written to while it was read; nothing of it was imported`,
    },
    {
      hint: {
        zh: "等导出、下载或同步完成，再导入一次。",
        en: "Wait until the export, download or sync has finished, then import it again.",
      },
    },
  );
}

export async function isZip(path: string): Promise<boolean> {
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
): Promise<{ entries: string[]; name: string; workbook?: Workbook }> {
  const { members, holds, close } = await zipMembers(path);
  try {
    const entries = members.map((member) => member.name);
    const zip = basename(path);
    if (isWorkbook(entries)) {
      const workbook = await unbroken(zip, () => workbookToCsv(members, target, keepRows, rank));
      return { workbook, entries: [], name: zip.replace(/\.zip$/i, "") };
    }
    refuseDocument(zip, holds);
    const [only, second] = members;
    const json = members.every((member) => /\.jsonl?$/i.test(member.name));
    if (only && !second) {
      await extract(only, target);
      const own = basename(only.name);
      return { entries: [], name: isCommonName(own) ? zip.replace(/\.zip$/i, extname(own)) : own };
    }
    if (only && json) {
      await bundle(members, target);
      return { entries, name: zip };
    }
    if (!only)
      throw new UserError(
        {
          zh: `${zip} 里没有表格、聊天记录这类文字文件`,
          en: `${zip} holds no text, such as a table or a chat`,
        },
        {
          hint: {
            zh: "里面若是图片，读不了：请从平台导出表格或聊天记录。若是压缩包或 xlsx，请解压后再导入。",
            en: "Pictures can't be read: export the table or the chat itself. Archives and workbooks in it: unpack them first.",
          },
        },
      );
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

/** DuckDB reads a cut .gz without a word, so only zlib unpacks. */
async function gunzip(from: string, to: string, packed: number): Promise<void> {
  let out = 0;
  let tooMuch: Text | undefined;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      out += chunk.length;
      tooMuch = excess(out, packed);
      done(tooMuch ? new Error(tooMuch.en) : null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), createGunzip(), meter, createWriteStream(to, { mode: 0o600 }));
  } catch (error) {
    if (diskError(error)) throw error;
    const why = tooMuch ?? { zh: "文件不完整，或不是 gz", en: messageOf(error) };
    throw new UserError(
      {
        zh: `${visible(basename(from))} 解压失败：${why.zh}`,
        en: `${visible(basename(from))} could not be unpacked: ${why.en}`,
      },
      {
        hint: { zh: "文件可能没有下载完整，请重新下载。", en: "It may be cut off; download it again." },
        cause: error,
      },
    );
  }
}
