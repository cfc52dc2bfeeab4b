import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { type FileResult, importFile } from "../../src/ingest/import-file.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { UserError } from "../../src/kit/errors.ts";
import { Community, NOW } from "../support/community.ts";
import { fixtures } from "../support/golden.ts";

const tables = importers.filter(
  ({ form, kind }) => kind === "chat" && (form === "table" || form === "columns"),
);
const samples = fixtures();

let community: Community;
let session: ImportSession;
beforeAll(async () => {
  community = new Community();
  session = await ImportSession.open(community.workspace, community.state);
});
afterAll(() => {
  session.close();
  community.remove();
});

/** What an import would say of a file; undefined where it refuses it with a reason. Nothing is kept. */
async function dry(id: string, name: string, content: Uint8Array | string): Promise<FileResult | undefined> {
  const path = join(community.root, name);
  writeFileSync(path, content);
  try {
    return await importFile(path, importers, session, { as: id, now: NOW, dryRun: true });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const lost = ({ read, accepted, duplicate, rejected }: FileResult) => read - accepted - duplicate - rejected;
const refused = ({ issues }: FileResult) =>
  issues.filter(({ accepted }) => !accepted).map(({ line, code }) => `${line} ${code}`);

describe.each(tables.map(({ id }) => [id] as const))("%s", (id) => {
  const [sample] = samples.filter((one) => one.id === id);

  it("cut anywhere, refuses one more record at most and loses none", async () => {
    if (!sample) throw new Error(`${id} has no sample`);
    const { name, content } = sample;
    const whole = await dry(id, name, content);
    if (!whole) throw new Error(`${id}: the sample is refused`);
    let readable = 0;
    for (let at = 1; at <= 7; at++) {
      const got = await dry(id, name, content.subarray(0, Math.floor((content.length * (at + 1)) / 9)));
      if (!got) continue;
      readable++;
      expect([at, lost(got), got.read <= whole.read]).toEqual([at, 0, true]);
      const own = refused(got).filter((one) => !refused(whole).includes(one) && !one.endsWith("no_rows"));
      expect([at, own.length <= 1, own]).toEqual([at, true, own]);
    }
    expect(readable).toBeGreaterThan(3);
  });

  it("never throws and loses nothing, whatever the cells", async () => {
    if (!sample) throw new Error(`${id} has no sample`);
    const text = sample.content.toString("utf8");
    const [header = ""] = text.split(/\r?\n/, 1);
    const words = text.split(/(?<=[,\t":{}\s])/u).slice(0, 400);
    const body = fc
      .array(
        fc.oneof(fc.constantFrom('"', ",", "\n", "\r\n", "\0", ...words), fc.string({ unit: "binary" })),
        {
          maxLength: 40,
        },
      )
      .map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(body, async (said) => {
        const got = await dry(id, sample.name, `${header}\n${said}`);
        if (got) expect(lost(got)).toBe(0);
      }),
      { numRuns: 6, seed: 20_261_116 },
    );
  });
});

it("ids beyond 2^53 come out digit by digit", () => {
  const long = /(?<![\d.])\d{17,}(?![\d.])/g;
  const chats = samples.filter(({ path }) => path.startsWith("chats/"));
  const bare = chats.filter(({ content }) => /[:,[]\s*\d{17,}\s*[,}\]]/.test(content.toString("utf8")));
  expect(bare.map(({ id }) => id)).toEqual(expect.arrayContaining(["wechat-data-analysis", "wecom-archive"]));
  let seen = 0;
  for (const { path, content, members, expected } of chats) {
    const texts = members ? [...members.values()] : [content];
    const inFile = new Set([path, ...texts.map(String)].flatMap((text) => text.match(long) ?? []));
    const inRows = JSON.stringify(expected).match(long) ?? [];
    seen += inRows.length;
    expect([path, inRows.filter((id) => !inFile.has(id))]).toEqual([path, []]);
  }
  expect(seen).toBeGreaterThan(20);
});
