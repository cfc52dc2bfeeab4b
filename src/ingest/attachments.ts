import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Member } from "./archive.ts";

/** What a log says of a file that was sent: `<attached: 0007-list.xlsx>`, or `list.xlsx (file attached)` as its text. */
const SENT = [
  /<[^<>:：\n]{1,40}[:：]\s?([^<>\n]{1,200})>\s*$/u,
  /[:：]\s[\u200e\u200f]?([^:：\n]{1,200}?)\s?[(（][^()（）\n]{1,60}[)）]\s*$/u,
];
const MAX_LOG = 256 << 20;

/** Files that a log beside them says were sent in it: they belong to the chat and are no exports. */
export async function attachmentsOf(files: readonly Member[]): Promise<Member[]> {
  const found = new Set<Member>();
  for (const log of files) {
    const beside = files.filter((one) => one !== log && dirname(one.name) === dirname(log.name));
    if (!/\.txt$/i.test(log.name) || beside.length === 0 || log.bytes > MAX_LOG) continue;
    const sent = await sentIn(log);
    for (const one of beside) if (sent.has(basename(one.name).normalize("NFC"))) found.add(one);
  }
  return [...found];
}

async function sentIn(log: Member): Promise<Set<string>> {
  const sent = new Set<string>();
  try {
    for await (const line of createInterface({ input: await log.open() })) {
      if (line.length > 2000) continue;
      for (const pattern of SENT) {
        const [, name] = pattern.exec(line) ?? [];
        if (name !== undefined) sent.add(name.trim().normalize("NFC"));
      }
    }
  } catch {
    // What can't be unpacked is told of when it is imported.
  }
  return sent;
}
