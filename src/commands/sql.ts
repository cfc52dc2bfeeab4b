import { createReadStream, createWriteStream, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { partsTrouble } from "../ingest/broken-parts.ts";
import { sha256Of } from "../kit/disk.ts";
import { messageOf, UserError, withoutValues } from "../kit/errors.ts";
import { nothingBuilt } from "../review/nothing-built.ts";
import { goneError, UnusableError } from "../state/damage.ts";
import { listParts } from "../state/ledger.ts";
import { Database, literal } from "../warehouse/database.ts";
import { createLakeViews } from "../warehouse/lake.ts";
import { generationPath, readPointer } from "../warehouse/publish.ts";
import { auditExport } from "./audited.ts";
import { type Context, callerPath, openHere } from "./context.ts";
import { FORMATS, TEXTS, written } from "./sql-formats.ts";

/** The tables in which people stand with names, numbers or as they were read. */
const NAMED = /\b(?:people|contacts|rejects)\b/i;

/** One SELECT over the lake and the published generation. @throws UserError for anything else. */
export async function sql(
  context: Context,
  statement: string,
  { format, out }: { format?: string; out?: string },
): Promise<void> {
  const { workspace, state } = await openHere(context);
  const wanted = context.globals.json ? "json" : (format ?? "table");
  if (!FORMATS.includes(wanted)) {
    throw new UserError(
      { zh: `暂不支持 --format ${wanted}`, en: `--format ${wanted} is not available` },
      { hint: { zh: `可用：${FORMATS.join("、")}`, en: `Available: ${FORMATS.join(", ")}` } },
    );
  }
  const pointer = readPointer(workspace.marts);
  if (!pointer) throw nothingBuilt();
  const isText = TEXTS.includes(wanted);
  if (!isText && out === undefined && !context.effects.bytes) throw noText();
  const database = await Database.open(":memory:");
  mkdirSync(workspace.scratch, { recursive: true });
  const scratch = join(workspace.scratch, `sql-${process.pid}.tmp-${process.pid}`);
  try {
    await assertSelect(database, statement);
    const file = generationPath(workspace.marts, pointer.generation);
    await database.run(`attach ${literal(file)} as generation (read_only)`).catch((error: unknown) => {
      throw existsSync(file) ? UnusableError.of(error, file) : goneError(file);
    });
    const parts = await listParts(state);
    await createLakeViews(database, workspace.lake, parts).catch(async (error: unknown) => {
      throw await partsTrouble(error, workspace.lake, state, parts);
    });
    await database.run(
      "set search_path = 'memory.main,memory.lake,generation.marts,generation.kpis,generation.report'",
    );
    await cage(database, [...parts.map(({ path }) => join(workspace.lake, path)), scratch]);
    const rows = await written(database, statement, wanted, scratch).catch(async (error: unknown) => {
      const cause = await partsTrouble(error, workspace.lake, state, parts);
      if (cause instanceof UserError) throw cause;
      const found = UnusableError.of(cause, file);
      if (found instanceof UnusableError) throw found;
      const what = withoutValues(messageOf(cause).split("\n")[0] ?? "");
      throw new UserError({ zh: `查询出错：${what}`, en: `The query failed: ${what}` }, { cause });
    });
    if (NAMED.test(statement)) {
      await auditExport(context, state, { command: "sql", rows }, { sha256: await sha256Of(scratch) });
    }
    if (out === undefined) await send(context, scratch, isText);
    else await pipeline(createReadStream(scratch), createWriteStream(callerPath(out), { mode: 0o600 }));
  } finally {
    database.close();
    rmSync(scratch, { force: true });
  }
}

/** Bytes that are handed on at once. */
const PIECE = 1 << 20;

/** To whatever reads the command's output. It takes text by whole lines. */
async function send({ effects }: Context, path: string, isText: boolean): Promise<void> {
  const pieces = createReadStream(path, { highWaterMark: PIECE });
  if (!isText) {
    for await (const bytes of pieces) effects.bytes?.(bytes as Buffer);
    return;
  }
  let rest = "";
  for await (const text of pieces.setEncoding("utf8")) {
    rest += String(text);
    const end = rest.length < PIECE ? -1 : rest.lastIndexOf("\n");
    if (end < 0) continue;
    effects.out(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  effects.out(rest);
}

function noText(): UserError {
  return new UserError(
    { zh: "这种格式不是文字，要用 --out 指定存到哪里", en: "This format is no text: it needs --out FILE" },
    {
      hint: {
        zh: "例：--format parquet --out 结果.parquet",
        en: "Such as: --format parquet --out result.parquet",
      },
    },
  );
}

/** A SELECT can read files by functions: of all there are it sees the listed parts, and no setting opens more. */
async function cage(database: Database, paths: readonly string[]): Promise<void> {
  await database.run(`set allowed_paths = [${paths.map(literal).join(", ")}]`);
  await database.run("set enable_external_access = false");
  await database.run("set lock_configuration = true");
}

/** DuckDB's own parser serialises SELECTs and nothing else. */
async function assertSelect(database: Database, statement: string): Promise<void> {
  const { tree } = await database.one("select json_serialize_sql($statement::varchar) as tree", {
    statement,
  });
  const parsed = JSON.parse(String(tree)) as {
    error: boolean;
    error_message?: string;
    statements?: unknown[];
  };
  if (!parsed.error && parsed.statements?.length === 1) return;
  const what = parsed.error_message ?? "";
  throw new UserError(
    { zh: `只能是一条 SELECT：${what}`, en: `Exactly one SELECT is allowed: ${what}` },
    {
      hint: {
        zh: "表在 marts、report、kpis 和 lake 里。",
        en: "Tables are in marts, report, kpis and lake.",
      },
    },
  );
}
