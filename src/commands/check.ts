import { join } from "node:path";
import { assertWhole } from "../ingest/broken-parts.ts";
import { issueText } from "../ingest/issue-texts.ts";
import { overlapNote, overlapRest, overlapsIn } from "../ingest/overlaps.ts";
import { visible } from "../kit/visible.ts";
import { notices } from "../review/notices.ts";
import { runQuery } from "../review/query.ts";
import { reconciliation } from "../review/reconciliation.ts";
import { chooseWeek, listWeeks } from "../review/weeks.ts";
import { listImports, listParts } from "../state/ledger.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { Database, literal } from "../warehouse/database.ts";
import { checkLines, fileLines, flowLines, platformLines } from "./check-lines.ts";
import { type Context, openHere, print, readerOf } from "./context.ts";

const SHOWN = 20;

/** What imports lost and where, what is doubtful in the data, and how many rows each step kept. */
export async function check(context: Context): Promise<void> {
  const { workspace, state } = await openHere(context);
  const imports = await listImports(state);
  const parts = await listParts(state);
  const refused = parts.filter(({ fact }) => fact === "rejects");
  await assertWhole(workspace.lake, state, refused);
  const rejects = await rejectsOf(
    refused.map(({ path }) => join(workspace.lake, path)),
    imports,
  );
  const waterfall = await waterfallOf(context, workspace.marts);
  const files = imports.map(
    ({ fileName, importer, encoding, read, accepted, duplicate, rejected, warnings }) => ({
      file: fileName,
      importer,
      encoding,
      read,
      accepted,
      duplicate,
      rejected,
      warnings,
    }),
  );
  const result = { files, rejects, ...waterfall };
  print(context, result, () => {
    const zh = context.lang === "zh";
    const rows = files.map(
      (one) =>
        `${one.rejected > 0 ? "!" : "✓"} ${visible(one.file)} (${one.importer}, ${one.encoding}) ${one.read} = ${one.accepted} + ${one.duplicate} + ${one.rejected}`,
    );
    const lost = rejects
      .slice(0, SHOWN)
      .map(
        (one) =>
          `    ${visible(one.file)} ${zh ? `第 ${one.line ?? "?"} 行` : `line ${one.line ?? "?"}`} ${one.message[context.lang]} [${one.code}]`,
      );
    const more =
      rejects.length > SHOWN
        ? [
            zh
              ? `    …… 共 ${rejects.length} 行，用 --json 看全部`
              : `    … ${rejects.length} rows, all with --json`,
          ]
        : [];
    const pairs = overlapsIn(files.map(({ file, warnings }) => ({ name: file, doubts: warnings })));
    const twice = [overlapNote(pairs), overlapRest(pairs)].flatMap((one) => (one ? [one[context.lang]] : []));
    const notices = waterfall.quality.map((one) => `! ${one[context.lang]}`);
    return [
      zh ? "导入：读 = 入库 + 重复 + 拒绝" : "Imports: read = accepted + duplicate + rejected",
      ...rows,
      ...lost,
      ...more,
      ...(twice.length > 0 ? [`! ${twice.join(zh ? "" : " ")}`] : []),
      ...(notices.length > 0 ? [zh ? "数据提醒" : "Data", ...notices] : []),
      ...flowLines(waterfall.steps, context.lang),
      ...fileLines(waterfall.orderFiles, context.lang),
      ...checkLines(waterfall.checks, context.lang),
      ...platformLines(waterfall.platform, context.lang),
    ].join("\n");
  });
}

async function rejectsOf(paths: readonly string[], imports: Awaited<ReturnType<typeof listImports>>) {
  if (paths.length === 0) return [];
  const database = await Database.open(":memory:");
  try {
    const rows = await database.all(
      `select sha256, line, column_name, code from read_parquet([${paths.map(literal).join(", ")}], union_by_name = true) order by sha256, line`,
    );
    const names = new Map(imports.map(({ sha256, fileName }) => [sha256, fileName]));
    return rows.map((row) => {
      const column = row["column_name"] === null ? null : String(row["column_name"]);
      const code = String(row["code"]);
      return {
        file: names.get(String(row["sha256"])) ?? "?",
        line: row["line"] === null ? null : Number(row["line"]),
        column,
        code,
        message: issueText(code, column),
      };
    });
  } finally {
    database.close();
  }
}

async function waterfallOf(context: Context, marts: string) {
  const catalog = readCatalog(context.content.sql);
  const reader = readerOf(context, { marts });
  try {
    const found = await reader.read(async (database) => {
      const { week } = chooseWeek(await listWeeks(database), undefined);
      const quality = await notices((query) => runQuery(database, catalog, query, { week }));
      const reconciled = await reconciliation((query) => runQuery(database, catalog, query, {}));
      return {
        quality: quality.map((row) => ({
          code: String(row["code"]),
          zh: String(row["zh"]),
          en: String(row["en"]),
        })),
        ...reconciled,
      };
    });
    return found ?? { quality: [], steps: [], orderFiles: [], checks: [], platform: [] };
  } finally {
    reader.close();
  }
}
