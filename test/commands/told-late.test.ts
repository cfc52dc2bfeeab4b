import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { importers } from "../../pipelines/index.ts";
import type { Content, Context } from "../../src/commands/context.ts";
import { importPaths } from "../../src/commands/import.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { Community, csv, NOW } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => {
  vi.restoreAllMocks();
  community.remove();
});

test("no line says that a file was imported before the ledger has it", async () => {
  const files = ["a", "b", "c"].map((sender_id) => {
    const path = join(community.root, `${sender_id}.csv`);
    writeFileSync(path, csv([{ group_id: "g", sender_id, sent_at: "2026-11-10 10:00:00", text: "早" }]));
    return path;
  });
  const events: string[] = [];
  const { record, flush } = ImportSession.prototype;
  vi.spyOn(ImportSession.prototype, "record").mockImplementation(async function (this: ImportSession, one) {
    events.push(`made ${one.entry.fileName}`);
    await record.call(this, one);
  });
  vi.spyOn(ImportSession.prototype, "flush").mockImplementation(async function (this: ImportSession) {
    await flush.call(this);
    events.push("in the ledger");
  });
  const context: Context = {
    content: { importers } as unknown as Content,
    effects: {
      out: () => undefined,
      log: (line) => events.push(line),
      now: () => NOW,
    },
    globals: { workspace: community.root },
    lang: "zh",
  };
  await importPaths(context, files, {});
  for (const name of ["a.csv", "b.csv", "c.csv"]) {
    const told = events.findIndex((event) => event.includes(`${name} · fupan-messages · 已导入`));
    expect(told).toBeGreaterThan(0);
    expect(events.slice(events.indexOf(`made ${name}`), told)).toContain("in the ledger");
  }
});
