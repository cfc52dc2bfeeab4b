import { type FileHandle, open } from "node:fs/promises";

/*
 * The old container of Office (OLE2): a small file system of sectors. Enough of it to say what a document is, for the
 * first bytes of all of them are the same: an old workbook, one with a password, a new one that its password wraps in
 * the container, Word, a presentation, a mail.
 */
const SECTOR_SIZE_AT = 0x1e;
const FIRST_FOLDER_AT = 0x30;
const SMALLEST_AT = 0x38;
const TABLES_AT = 0x4c;
const TABLES = 109;
const ENTRY = 128;
const END = 0xfffffffa;
/** Streams that are smaller than the header says lie in pieces of this size within that of the root. */
const SMALL = 64;
/** Sectors of the folder that are read: documents have a few entries, forged ones a chain without an end. */
const MOST_SECTORS = 64;
/** A workbook with a password says so in one of its first records. */
const FIRST_RECORDS = 8;
const FILEPASS = 0x2f;

export type OleKind = "password" | "xls" | "word" | "slides" | "mail" | "other";

/** What the document is, as far as its container is whole. */
export async function oleKind(path: string): Promise<OleKind> {
  const file = await open(path);
  try {
    const header = await bytesAt(file, 0, 512);
    const size = header.length === 512 ? 2 ** header.readUInt16LE(SECTOR_SIZE_AT) : 0;
    if (size !== 512 && size !== 4096) return "other";
    const names = new Map<string, { first: number; length: number }>();
    let sector = header.readUInt32LE(FIRST_FOLDER_AT);
    for (let n = 0; n < MOST_SECTORS && sector < END; n++) {
      const folder = await bytesAt(file, (sector + 1) * size, size);
      for (let at = 0; at + ENTRY <= folder.length; at += ENTRY) {
        const length = Math.min(folder.readUInt16LE(at + 64), 64);
        const name = folder.toString("utf16le", at, at + Math.max(length - 2, 0));
        if (name !== "")
          names.set(name.toLowerCase(), {
            first: folder.readUInt32LE(at + 116),
            length: folder.readUInt32LE(at + 120),
          });
      }
      sector = await nextSector(file, header, sector, size);
    }
    if (names.has("encryptedpackage") || names.has("encryptioninfo")) return "password";
    const book = names.get("workbook") ?? names.get("book");
    if (book) {
      let start = book.first;
      let within = 0;
      if (book.length < header.readUInt32LE(SMALLEST_AT)) {
        within = (book.first * SMALL) % size;
        start = names.get("root entry")?.first ?? END;
        for (let n = Math.floor((book.first * SMALL) / size); n > 0 && start < END; n--)
          start = await nextSector(file, header, start, size);
      }
      return (await hasPassword(file, (start + 1) * size + within)) ? "password" : "xls";
    }
    if (names.has("worddocument")) return "word";
    if (names.has("powerpoint document")) return "slides";
    return [...names.keys()].some((name) => name.startsWith("__substg1.0_")) ? "mail" : "other";
  } finally {
    await file.close();
  }
}

async function nextSector(file: FileHandle, header: Buffer, sector: number, size: number): Promise<number> {
  const perTable = size / 4;
  const nth = Math.floor(sector / perTable);
  const table = nth < TABLES ? header.readUInt32LE(TABLES_AT + nth * 4) : END;
  if (table >= END) return END;
  const next = await bytesAt(file, (table + 1) * size + (sector % perTable) * 4, 4);
  return next.length === 4 ? next.readUInt32LE() : END;
}

/** Records: a type and a length, two bytes each, then that many. */
async function hasPassword(file: FileHandle, at: number): Promise<boolean> {
  let next = at;
  for (let n = 0; n < FIRST_RECORDS; n++) {
    const record = await bytesAt(file, next, 4);
    if (record.length < 4) return false;
    if (record.readUInt16LE() === FILEPASS) return true;
    next += 4 + record.readUInt16LE(2);
  }
  return false;
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
