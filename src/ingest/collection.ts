import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { diskError } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import type { Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { type Archive, broken, excess, extract, type Member, zipMembers } from "./archive.ts";
import { attachmentsOf } from "./attachments.ts";
import { isCommonName } from "./file-name.ts";
import { readHead } from "./head.ts";
import { identify, knownBy } from "./identify.ts";
import { isZip, openSource } from "./source.ts";
import { isDocument } from "./strange.ts";
import { isWorkbook } from "./xlsx.ts";

/** A file of an archive that holds several exports, unpacked. */
export interface Inner {
  /** `archive.zip/folder/name` */
  name: string;
  /** Where it lies now; where it could not be unpacked, why. */
  made: { path: string } | { error: UserError };
}

export interface Collection {
  files: Inner[];
  /** What was left in it, as a person is told. */
  notes: Text[];
  dispose: () => void;
}

/** Pictures, films, sounds, cards: nobody expects rows of them. */
const MEDIA =
  /\.(jpe?g|png|gif|webp|heic|bmp|svg|mp4|mov|3gp|avi|mkv|mp3|m4a|aac|amr|silk|opus|ogg|wav|vcf|thumb)$/i;
const TEXT = /\.(txt|csv|tsv|json|jsonl|xml|ya?ml)$/i;
const PACKED = /\.(xlsx|xlsm|xls|zip|gz)$/i;
const DEPTH = 4;
const MAX_FILES = 2000;
const NAMED = 5;

/** What nested archives come to together: each is within its limits, a Russian doll of them may not be. */
interface Purse {
  packed: number;
  unpacked: number;
  files: number;
}

/**
 * The files of a zip that is no export of its own but holds several: somebody packed a folder of them. Unpacked as that
 * folder would lie there; an archive in it that is one export stays packed.
 * @returns undefined for everything else: it is one file, and an importer's matter.
 * @throws UserError for a broken archive or a bomb.
 */
export async function openCollection(
  path: string,
  scratch: string,
  importers: readonly Importer[],
): Promise<Collection | undefined> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size === 0 || !(await isZip(path))) return undefined;
  const folder = () => {
    mkdirSync(scratch, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(scratch, `unpacked-${process.pid}-`));
  };
  const found: Collection & { root?: string } = {
    files: [],
    notes: [],
    dispose: () => found.root && rmSync(found.root, { recursive: true, force: true }),
  };
  try {
    const purse = { packed: stat.size, unpacked: 0, files: 0 };
    const made = await unpack(path, basename(path), importers, scratch, purse, 0, found, () => {
      found.root ??= folder();
      return mkdtempSync(join(found.root, "f"));
    });
    if (made) return found;
    found.dispose();
    return undefined;
  } catch (error) {
    found.dispose();
    throw error;
  }
}

/** @returns false where the archive is one file. */
async function unpack(
  path: string,
  shown: string,
  importers: readonly Importer[],
  scratch: string,
  purse: Purse,
  depth: number,
  into: Collection,
  place: () => string,
): Promise<boolean> {
  const archive = await zipMembers(path);
  try {
    purse.unpacked += archive.unpacked;
    const tooMuch = excess(purse.unpacked, purse.packed);
    if (tooMuch) throw broken(shown, tooMuch);
    const files = archive.files.filter(({ name }) => !MEDIA.test(name));
    if (await isOne(path, archive, files, importers, scratch)) return false;
    if (depth >= DEPTH)
      throw broken(shown, { zh: "压缩包套得太深", en: "archives within archives, too deep" });
    const attached = await attachmentsOf(files);
    const rest = files.filter((file) => !attached.includes(file));
    purse.files += rest.length;
    if (purse.files > MAX_FILES)
      throw broken(shown, { zh: `超过 ${MAX_FILES} 个文件`, en: `more than ${MAX_FILES} files` });
    const left = archive.files.filter((file) => MEDIA.test(file.name) || attached.includes(file));
    if (left.length > 0) into.notes.push(leftNote(shown, left));
    for (const one of exportsOf(rest, importers)) {
      const name = `${shown}/${one.name}`;
      try {
        const target = join(place(), diskName(one, shown));
        for (const member of one.members) await write(member, one, target);
        const nested =
          one.isFolder || !(await isZip(target))
            ? false
            : await unpack(target, name, importers, scratch, purse, depth + 1, into, place);
        if (nested) rmSync(target, { force: true });
        else into.files.push({ name, made: { path: target } });
      } catch (error) {
        if (!(error instanceof UserError) || diskError(error)) throw error;
        into.files.push({ name, made: { error } });
      }
    }
    return true;
  } finally {
    archive.close();
  }
}

/** Whether the archive as a whole is what somebody exported. */
async function isOne(
  path: string,
  archive: Archive,
  files: readonly Member[],
  importers: readonly Importer[],
  scratch: string,
): Promise<boolean> {
  if (isWorkbook(archive.files.map(({ name }) => name)) || isDocument(archive.holds)) return true;
  const texts = files.filter(({ name }) => TEXT.test(name));
  const packed = files.filter(({ name }) => PACKED.test(name));
  // Of no text the unpacker says what it is.
  if (packed.length === 0 && texts.length < 2) return true;
  if (packed.length > 0 || !texts.every(({ name }) => /\.jsonl?$/i.test(name))) return false;
  try {
    const source = await openSource(path, scratch, knownBy(importers));
    try {
      return identify(await readHead(source), importers).matches.length > 0;
    } finally {
      await source.dispose();
    }
  } catch (error) {
    // Too large to be read as one, or with a password: said of the file that it is.
    if (error instanceof UserError) return false;
    throw error;
  }
}

interface Found {
  /** In the archive; of a folder that is one export, its path. */
  name: string;
  isFolder: boolean;
  members: Member[];
}

/** Files one by one, and folders that an importer knows as one export. */
function exportsOf(files: readonly Member[], importers: readonly Importer[]): Found[] {
  const children = new Map<string, Set<string>>();
  for (const { name } of files) {
    const parts = name.split("/");
    parts.forEach((part, at) => {
      const parent = parts.slice(0, at).join("/");
      const own = at < parts.length - 1 ? `${part}/` : part;
      children.set(parent, (children.get(parent) ?? new Set()).add(own));
    });
  }
  const folders = [...children]
    .filter(([parent, names]) => parent !== "" && importers.some((one) => one.folder?.([...names])))
    .map(([parent]) => parent);
  const found = new Map<string, Found>();
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const folder = folders.find((one) => file.name.startsWith(`${one}/`));
    const name = folder ?? file.name;
    const one = found.get(name) ?? { name, isFolder: folder !== undefined, members: [] };
    found.set(name, one);
    one.members.push(file);
  }
  return [...found.values()];
}

async function write(member: Member, { name, isFolder }: Found, target: string): Promise<void> {
  const file = isFolder ? join(target, member.name.slice(name.length + 1)) : target;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  await extract(member, file);
}

/** The file's own name, or its folder's where every export calls its log so; no longer than a disk takes. */
function diskName({ name, isFolder }: Found, archive: string): string {
  const own = basename(name);
  const around = dirname(name) === "." ? basename(archive).replace(/\.zip$/i, "") : basename(dirname(name));
  const said = !isFolder && isCommonName(own) ? `${around}${extname(own)}` : own;
  const plain = said.replace(/\p{Cc}/gu, "_");
  const end = extname(plain);
  const chars = [...plain.slice(0, plain.length - end.length)];
  while (Buffer.byteLength(chars.join("")) + Buffer.byteLength(end) > 240) chars.pop();
  return `${chars.join("")}${end}`;
}

function leftNote(archive: string, left: readonly Member[]): Text {
  const names = left.slice(0, NAMED).map(({ name }) => name);
  const more = left.length > NAMED ? " …" : "";
  return {
    zh: `${archive} 里有 ${left.length} 个图片、音视频或聊天附件没有读：${names.join("、")}${more}`,
    en: `${archive}: ${left.length} pictures, sounds or attachments of a chat were not read: ${names.join(", ")}${more}`,
  };
}
