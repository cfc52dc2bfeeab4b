import { existsSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { sha256Of } from "../kit/disk.ts";
import type { Text } from "../kit/say.ts";
import { type AuditHead, auditHead, brokenAudit, lostHeads, notedHead, parseHead } from "../state/audit.ts";
import { listImports, listParts, type Part } from "../state/ledger.ts";
import { olderState } from "../state/lost.ts";
import { positionOf } from "../state/position.ts";
import type { State } from "../state/state.ts";
import { isErasing } from "../state/tombstones.ts";
import { Database, literal, name } from "../warehouse/database.ts";
import { generationPath, lastPointer } from "../warehouse/publish.ts";
import type { Workspace } from "../workspace.ts";
import { everyFile } from "./files.ts";
import { auditOf, MANIFEST } from "./manifest.ts";
import { brokenSeals } from "./seal.ts";

export interface Problem {
  /** Relative to the workspace. */
  path: string;
  code: string;
  what: Text;
}

export interface Verified {
  parts: number;
  rows: number;
  bytes: number;
  imports: number;
  generation: string | null;
  /** How many lines the audit has and how it ends: to be noted down elsewhere. */
  audit: AuditHead;
  /** Files of interrupted runs: nobody reads them, the next import removes them. */
  leftovers: number;
  problems: Problem[];
}

const RESTORE: Text = {
  zh: "从备份恢复，或重新导入原文件。",
  en: "Restore a backup, or import the file again.",
};
const REBUILD: Text = { zh: "运行 fupan build 重新生成。", en: "Run fupan build to make it anew." };

/**
 * Reads every byte that counts: the state, each listed part against its hash and rows, the published generation, frozen
 * reports.
 * @param noted a head of the audit that somebody kept elsewhere.
 */
export async function verify(
  workspace: Workspace,
  state: State,
  noted: AuditHead | null = null,
): Promise<Verified> {
  const problems: Problem[] = [];
  const shown = (path: string) => relative(workspace.root, path);
  const report = (path: string, code: string, zh: string, en: string, then: Text) =>
    problems.push({ path: shown(path), code, what: { zh: `${zh}。${then.zh}`, en: `${en}. ${then.en}` } });

  await state.read(scan);
  for (const id of await state.read(brokenAudit))
    report(workspace.state, "audit", `第 ${id} 条审计记录被改动过`, `Audit entry ${id} was changed`, RESTORE);
  for (const { from, entries } of await lostAudit(workspace, state, noted))
    report(
      workspace.state,
      "audit-cut",
      `审计记录少了：${from} 记着至少有 ${entries} 条`,
      `Audit entries are gone: ${from} knows of ${entries} at least`,
      RESTORE,
    );
  for (const path of await brokenSeals(workspace.reports))
    report(path, "changed", "存档的周报和当时的不一样", "The frozen report is not what was kept", RESTORE);
  if (await isErasing(state))
    report(
      workspace.state,
      "erasure",
      "删除一个人时被打断了，旧文件里可能还有这个人",
      "Forgetting somebody was interrupted; older files may still hold them",
      { zh: "再运行一次同样的 fupan forget 命令。", en: "Run the same fupan forget command again." },
    );
  const [parts, imports] = [await listParts(state), await listImports(state)];
  for (const { id, read, accepted, duplicate, rejected } of imports) {
    if (read !== accepted + duplicate + rejected)
      report(
        workspace.state,
        "ledger",
        `导入 ${id} 的行数对不上`,
        `The counts of import ${id} do not add up`,
        RESTORE,
      );
  }
  const database = await Database.open(":memory:");
  try {
    for (const part of parts) {
      const path = join(workspace.lake, part.path);
      const wrong = await partProblem(database, path, part);
      if (wrong) report(path, wrong.code, wrong.zh, wrong.en, RESTORE);
    }
  } finally {
    database.close();
  }
  const pointer = lastPointer(workspace.marts);
  if (!pointer && existsSync(join(workspace.marts, "CURRENT")))
    report(
      join(workspace.marts, "CURRENT"),
      "changed",
      "指向结果的文件坏了",
      "The pointer is damaged",
      REBUILD,
    );
  if ((await state.read(positionOf)) < (pointer?.ledger ?? 0)) {
    const { zh, en } = olderState(workspace.state).text;
    report(workspace.state, "older", zh, en, RESTORE);
  }
  if (pointer) {
    const path = generationPath(workspace.marts, pointer.generation);
    const wrong = await generationProblem(path, pointer.sha256);
    if (wrong) report(path, wrong.code, wrong.zh, wrong.en, REBUILD);
  }
  const listed = new Set(parts.map(({ path }) => join(workspace.lake, path)));
  return {
    parts: parts.length,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    imports: imports.length,
    generation: pointer?.generation ?? null,
    audit: await state.read(auditHead),
    leftovers: everyFile(workspace.lake).filter((file) => !listed.has(file)).length,
    problems,
  };
}

/**
 * Lines taken off the audit's end leave a sound chain, so it is held against every place that knows how long it was: the
 * state's own note, the published pointer, the backups in the workspace, and what somebody kept.
 */
async function lostAudit(workspace: Workspace, state: State, noted: AuditHead | null) {
  const shown = (path: string) => relative(workspace.root, path);
  const told = (from: string, head: AuditHead | null) => (head ? [{ from, ...head }] : []);
  const backups = everyFile(join(workspace.root, "backups")).filter((file) => basename(file) === MANIFEST);
  const heads = [
    ...told(shown(workspace.state), await state.read(notedHead)),
    ...told("marts/CURRENT", parseHead(lastPointer(workspace.marts)?.audit ?? "")),
    ...backups.flatMap((file) => told(shown(file), parseHead(auditOf(file) ?? ""))),
    ...told("--audit", noted),
  ];
  return state.read((database) => lostHeads(database, heads));
}

interface Wrong {
  code: string;
  zh: string;
  en: string;
}

async function partProblem(database: Database, path: string, part: Part): Promise<Wrong | null> {
  if (!existsSync(path)) return { code: "missing", zh: "数据文件不见了", en: "The part is missing" };
  if (statSync(path).size !== part.bytes || (await sha256Of(path)) !== part.sha256)
    return { code: "changed", zh: "数据文件和记录的不一样", en: "The part is not what was written" };
  const { n } = await database.one(
    `select count(*) as n from read_parquet(${literal(path)}, hive_partitioning = false)`,
  );
  if (Number(n) !== part.rows)
    return {
      code: "rows",
      zh: `应有 ${part.rows} 行，实有 ${n} 行`,
      en: `${part.rows} rows are listed, ${n} are there`,
    };
  return null;
}

async function generationProblem(path: string, sha256: string): Promise<Wrong | null> {
  if (!existsSync(path))
    return { code: "missing", zh: "已发布的结果不见了", en: "The published generation is missing" };
  if (existsSync(`${path}.wal`))
    return { code: "wal", zh: "结果旁边有未写完的日志", en: "A write-ahead log lies beside it" };
  if ((await sha256Of(path)) !== sha256)
    return { code: "changed", zh: "已发布的结果被改动过", en: "The published generation was changed" };
  const database = await Database.open(path, { readOnly: true, caged: true });
  try {
    await scan(database);
    return null;
  } finally {
    database.close();
  }
}

/** DuckDB checks a block's sum when it reads it, so each table is read whole. */
async function scan(database: Database): Promise<void> {
  const tables = await database.all(
    "select schema_name, table_name from duckdb_tables() where not internal order by all",
  );
  for (const table of tables) {
    const full = `${name(String(table["schema_name"]))}.${name(String(table["table_name"]))}`;
    await database.all(`select bit_xor(hash(t)) as h from ${full} as t`);
  }
}
