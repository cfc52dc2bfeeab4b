import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { toHit } from "../../src/rules/fire.ts";
import type { ParamValue } from "../../src/rules/header.ts";
import { boundIn, thresholds } from "../../src/rules/params.ts";
import { type Catalog, readCatalog } from "../../src/warehouse/catalog.ts";
import { Database, name } from "../../src/warehouse/database.ts";
import type { Model } from "../../src/warehouse/model.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, SQL_ROOT } from "../support/community.ts";

const FOLDER = new URL(".", import.meta.url).pathname;
/** Group and week of a row that does not say. */
const GROUP = "g1";
const WEEK = "2026-11-16";

/** `weeks_before: 8` in a given row = the same row in each of the eight weeks before. */
export interface Case {
  name: string;
  /** Kind of the group, for the kinds' own thresholds. */
  kind?: string;
  params?: Record<string, ParamValue>;
  given: Record<string, Row[]>;
  expect: Row[];
}

export function readCases(): { rule: string; cases: Case[] }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => ({
      rule: file.replace(".yaml", ""),
      cases: (parse(readFileSync(`${FOLDER}${file}`, "utf8"), { schema: "core" }) as { cases: Case[] }).cases,
    }));
}

/** The tables of a real build of nothing: whatever a rule reads is what the marts have. */
export class Bench {
  readonly catalog: Catalog = readCatalog(SQL_ROOT);
  readonly #community = new Community();
  #database: Database | undefined;
  readonly #types = new Map<string, Map<string, string>>();

  async open(): Promise<void> {
    const generation = await this.#community.build(`${WEEK}T00:00:00`, this.catalog);
    this.#database = await Database.open(generationPath(this.#community.workspace.marts, generation));
    const sql = this.catalog.rules.map((rule) => rule.sql).join("\n");
    for (const statement of this.catalog.macros) {
      // Macros are no part of a generation; those of the models need tables that are none of it either.
      const made = /create or replace macro (\w+)/.exec(statement)?.[1];
      if (made && new RegExp(`\\b${made}\\b`).test(sql))
        await this.#database.run(statement.replace("create or replace", "create or replace temp"));
    }
  }

  get database(): Database {
    if (!this.#database) throw new Error("not open");
    return this.#database;
  }

  close(): void {
    this.#database?.close();
    this.#community.remove();
  }

  /** The rows of the week in question that reach the rule's minimum sample. */
  async run(rule: Model<"rules">, one: Case): Promise<Row[]> {
    const kinds = [{ groupId: GROUP, kind: one.kind ?? null }];
    const config = { rules: one.params ? { [rule.id]: one.params } : {}, groups: {} };
    const { sets } = thresholds(rule, config, kinds);
    const set = sets.find(({ groups }) => groups?.includes(GROUP)) ?? sets[0];
    if (!set) return [];
    await this.database.run("begin transaction");
    try {
      for (const [table, rows] of Object.entries(one.given)) await this.#insert(table, rows);
      const answered = await this.database.all(rule.sql, boundIn(rule.sql, set.params));
      return answered
        .map((row) => ({ row, hit: toHit(rule, row, set.params) }))
        .filter(({ hit }) => hit.week === WEEK && hit.sample >= rule.header.minSample)
        .map(({ row }) => row);
    } finally {
      await this.database.run("rollback");
    }
  }

  async columns(table: string): Promise<Map<string, string>> {
    const known = this.#types.get(table);
    if (known) return known;
    const found = await this.database.all(`describe ${table}`);
    const types = new Map(found.map((row) => [String(row["column_name"]), String(row["column_type"])]));
    this.#types.set(table, types);
    return types;
  }

  async #insert(table: string, rows: readonly Row[]): Promise<void> {
    const types = await this.columns(table);
    const full = rows.flatMap(({ weeks_before, ...row }) => {
      const placed = (week: string) => ({
        ...(types.has("group_id") ? { group_id: GROUP } : {}),
        ...(types.has("week") ? { week } : {}),
        ...row,
      });
      return weeks_before === undefined
        ? [placed(WEEK)]
        : Array.from({ length: Number(weeks_before) }, (_, at) => placed(before(at + 1)));
    });
    const used = [...new Set(full.flatMap((row) => Object.keys(row)))];
    const unknown = used.filter((column) => !types.has(column));
    if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(", ")}`);
    const shape = JSON.stringify([
      Object.fromEntries(used.map((column) => [column, types.get(column) ?? ""])),
    ]);
    await this.database.run(
      `insert into ${table} (${used.map(name).join(", ")}) select unnest(from_json($rows::json, '${shape}'), recursive := true)`,
      { rows: JSON.stringify(full) },
    );
  }
}

function before(weeks: number): string {
  return new Date(Date.parse(`${WEEK}T00:00:00Z`) - weeks * 7 * 86_400_000).toISOString().slice(0, 10);
}
