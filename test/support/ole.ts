const SECTOR = 512;
const END = 0xfffffffe;

/**
 * A document in the old container of Office, with these streams: a header, a sector that says which follows which, one
 * of the folder (three streams at most), one for each stream.
 * @param isSmall the first stream lies within that of the root. @param isRing the folder has no end.
 */
export function ole(
  streams: Readonly<Record<string, string>>,
  { isSmall = false, isRing = false } = {},
): Buffer {
  const entries = Object.entries(streams);
  const sectors = Buffer.alloc((2 + entries.length) * SECTOR);
  // Sector 0 is the table, 1 the folder.
  for (let at = 0; at < 128; at++) sectors.writeUInt32LE(at === 1 && isRing ? 1 : END, at * 4);
  const folder = sectors.subarray(SECTOR, 2 * SECTOR);
  // In the second piece of 64 bytes.
  const from = isSmall ? 64 : 0;
  const entry = (nth: number, name: string, first: number, length: number) => {
    folder.write(name, nth * 128, "utf16le");
    folder.writeUInt16LE(2 * name.length + 2, nth * 128 + 64);
    folder.writeUInt32LE(first, nth * 128 + 116);
    folder.writeUInt32LE(length, nth * 128 + 120);
  };
  entry(0, "Root Entry", isSmall ? 2 : END, isSmall ? SECTOR : 0);
  for (const [at, [name, content]] of entries.entries()) {
    entry(at + 1, name, isSmall ? 1 : 2 + at, isSmall ? 100 : 5000);
    sectors.write(content, (2 + at) * SECTOR + from, "latin1");
  }
  const header = Buffer.alloc(SECTOR);
  header.write("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1");
  header.writeUInt16LE(9, 0x1e);
  header.writeUInt32LE(1, 0x30);
  header.writeUInt32LE(4096, 0x38);
  for (let at = 0; at < 109; at++) header.writeUInt32LE(at === 0 ? 0 : 0xffffffff, 0x4c + at * 4);
  return Buffer.concat([header, sectors]);
}
