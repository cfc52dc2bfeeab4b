import { isUtf8 } from "node:buffer";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { readHead } from "../../src/ingest/head.ts";
import { identify } from "../../src/ingest/identify.ts";
import { openSource } from "../../src/ingest/source.ts";
import { listParts } from "../../src/state/ledger.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community } from "../support/community.ts";
import { canonical, changed, fixtures, REPEATED, rowsOf } from "../support/golden.ts";

const samples = fixtures();
const titled = samples.map((fixture) => [fixture.path, fixture] as const);
const textOf = (content: Buffer) =>
  isUtf8(content) ? content.toString("utf8") : new TextDecoder("gb18030").decode(content);
const crlf = (content: Buffer) => Buffer.from(textOf(content).replace(/\r?\n/g, "\r\n"));
const withBom = (content: Buffer) => Buffer.from(`\uFEFF${textOf(content).replace(/^\uFEFF/, "")}`);

describe("every importer", () => {
  it.each(importers.map(({ id }) => id))("%s has a sample", (id) => {
    expect(samples.filter((fixture) => fixture.id === id)).not.toEqual([]);
  });

  it("is known by the folders of the samples", () => {
    const known = new Set(importers.map(({ id }) => id));
    expect(samples.filter(({ id }) => !known.has(id))).toEqual([]);
  });
});

describe.each(titled)("%s", (_path, fixture) => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  it("is claimed by its importer alone, under any name", async () => {
    for (const name of [fixture.name, `x${/\.[^.]+$/.exec(fixture.name)?.[0]}`]) {
      const path = join(community.root, name);
      writeFileSync(path, fixture.content);
      const source = await openSource(path, community.workspace.scratch);
      const { matches } = identify(await readHead(source), importers);
      await source.dispose();
      expect(matches.map(({ importer }) => importer.id)).toEqual([fixture.id]);
    }
  });

  it("gives the golden rows", async () => {
    const rows = await rowsOf(fixture);
    expect(rows).toEqual(canonical(fixture.expected));
    expect(losses(rows)).toBe(0);
  });

  it("gives the same with CRLF", async () => {
    const rows = await rowsOf({ ...fixture, content: changed(fixture, crlf) });
    // Inside a quoted cell a line end is the text's own.
    expect(unix(rows)).toEqual(unix(canonical(fixture.expected)));
  });

  it("gives the same with a UTF-8 BOM", async () => {
    expect(await rowsOf({ ...fixture, content: changed(fixture, withBom) })).toEqual(
      canonical(fixture.expected),
    );
  });

  it("adds nothing the second time", async () => {
    // What other bytes of the same content leave behind is said of the file: its refused rows, and which orders it repeats.
    const ofFiles = ["rejects", REPEATED];
    const facts = async () =>
      (await listParts(community.state)).filter(({ fact }) => !ofFiles.includes(fact));
    const first = await community.import(fixture.name, fixture.content);
    const parts = await facts();
    const all = { accepted: 0, duplicate: first.accepted + first.duplicate, rejected: first.rejected };
    expect(await community.import(fixture.name, fixture.content)).toMatchObject({
      status: "unchanged",
      ...all,
    });
    // Other bytes of the same content are no file that the ledger knows: here the rows themselves are compared.
    const copy = changed(fixture, (text) => Buffer.concat([withBom(text), Buffer.from("\r\n")]));
    expect(await community.import(fixture.name, copy)).toMatchObject({ status: "imported", ...all });
    expect(await facts()).toEqual(parts);
  });
});

/** Records that were read and are nowhere. */
function losses(rows: readonly string[]): number {
  const file = rows.map((row) => JSON.parse(row) as Row).find(({ fact }) => fact === "file");
  const count = (name: string) => Number(file?.[name] ?? 0);
  return count("read") - count("accepted") - count("duplicate") - count("rejected");
}

function unix(rows: readonly string[]): string[] {
  return rows.map((row) => row.replaceAll("\\r\\n", "\\n"));
}
