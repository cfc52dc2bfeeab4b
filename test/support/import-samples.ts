import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { importers } from "../../pipelines/index.ts";
import { importFile } from "../../src/ingest/import-file.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { Community, NOW } from "./community.ts";
import { canonical, counts, fixtures, lakeRows } from "./golden.ts";

// Run as a process of its own, since its time zone can't be changed once it runs: imports every sample into one
// workspace and prints what was said of each and what the lake then holds.
const community = new Community();
try {
  const session = await ImportSession.open(community.workspace, community.state);
  const told: Record<string, unknown> = {};
  for (const { path: title, name, content } of fixtures()) {
    const path = join(community.root, name);
    writeFileSync(path, content);
    told[title] = counts(await importFile(path, importers, session, { now: NOW }));
  }
  await session.flush();
  session.close();
  // Of rows that are equal but for the person, keys made of a workspace's own secret decide the order.
  const rows = canonical(await lakeRows(community))
    .map((row) => row.replaceAll(/"p\d+"/g, '"p"'))
    .sort((a, b) => (a < b ? -1 : 1));
  console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, told, rows }));
} finally {
  community.remove();
}
