import { writeFileSync } from "node:fs";
import { peopleNow } from "../campaigns/people-now.ts";
import { besideCampaigns } from "../campaigns/resting.ts";
import { Campaigns } from "../campaigns/store.ts";
import { UserError } from "../kit/errors.ts";
import type { Lang } from "../kit/say.ts";
import { dayNumber, writeWorkbook } from "../report/workbook.ts";
import { assertList, stocks, toListed } from "../review/lists.ts";
import { maskName } from "../review/mask.ts";
import { nothingBuilt } from "../review/nothing-built.ts";
import { queryColumns, runQuery } from "../review/query.ts";
import type { Generation } from "../review/source.ts";
import { addDays, chooseWeek, listWeeks } from "../review/weeks.ts";
import { segmentName } from "../review/words.ts";
import { toCsv } from "../server/csv.ts";
import { joined } from "../server/i18n.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import type { Row } from "../warehouse/rows.ts";
import { auditExport } from "./audited.ts";
import { type Context, callerPath, openHere, readerOf, say } from "./context.ts";

export interface SegmentFlags {
  segment?: string;
  week?: string;
  group?: string;
  format?: string;
  out?: string;
  names?: boolean;
}

/** The members of each segment at a week's end, or one segment as a list. Names are masked unless asked for. */
export async function segments(context: Context, flags: SegmentFlags): Promise<void> {
  const { workspace, state } = await openHere(context);
  const catalog = readCatalog(context.content.sql);
  const format = context.globals.json ? "json" : (flags.format ?? "text");
  const reader = readerOf(context, workspace);
  try {
    const made = await reader.read(async (database) => {
      const { week, label } = chooseWeek(await listWeeks(database), flags.week);
      const params = { week, group_id: flags.group ?? "*" };
      const stock = stocks(await runQuery(database, catalog, "segment_stock", params));
      if (flags.segment === undefined) return { label, rows: stock.map((one) => ({ ...one })), names: [] };
      assertList(stock, flags.segment);
      const ask: Generation["query"] = (name, given) => runQuery(database, catalog, name, given);
      const listed = await ask("segment_list", { ...params, segment: flags.segment });
      const campaigns = await peopleNow(ask, new Campaigns(workspace.lists).list());
      const { timezone } = await database.one("select timezone from report.about");
      const days = { from: week, to: addDays(week, 6), timezone: String(timezone) };
      const told = besideCampaigns(listed.map(toListed), campaigns, days);
      const rows = listed.map((row, at) => ({
        ...row,
        suggested_scene: told[at]?.scene ?? null,
        is_holdout: told[at]?.holdout ?? null,
      }));
      const names = rows.length === 0 ? await queryColumns(database, catalog, "segment_list") : [];
      return { label, rows: flags.names ? rows : rows.map(masked), names };
    });
    if (!made) throw nothingBuilt();
    const bytes = await written(made.rows, made.names, format, context.lang);
    if (flags.segment !== undefined) {
      const { segment, group, names = false } = flags;
      const filter = { command: "segments", segment, week: made.label, group, format, names };
      await auditExport(context, state, { ...filter, rows: made.rows.length }, bytes);
    }
    if (flags.out !== undefined) {
      const path = callerPath(flags.out);
      writeFileSync(path, bytes, { mode: 0o600 });
      context.effects.log(
        say(context, {
          zh: `${made.label}：${made.rows.length} 行，已写入 ${path}`,
          en: `${made.label}: ${made.rows.length} rows, written to ${path}`,
        }),
      );
    } else if (typeof bytes === "string") context.effects.out(bytes);
    else {
      throw new UserError(
        { zh: "表格文件要用 --out 指定存到哪里", en: "A spreadsheet needs --out FILE" },
        {
          hint: { zh: "例：--format xlsx --out 唤醒名单.xlsx", en: "Such as: --format xlsx --out list.xlsx" },
        },
      );
    }
  } finally {
    reader.close();
  }
}

function masked(row: Row): Row {
  const mask = (name: string) => (row[name] ? maskName(String(row[name])) : "");
  return { ...row, name: mask("name"), owner: mask("owner") };
}

/** @param columns of a list: also one with nobody in it has its head. */
async function written(
  listed: readonly Row[],
  columns: readonly string[],
  format: string,
  lang: Lang,
): Promise<string | Buffer> {
  const names = listed[0] ? Object.keys(listed[0]) : columns;
  if (format === "json") return JSON.stringify(listed, null, 2);
  const rows = listed.map(({ groups, ...row }) =>
    Array.isArray(groups) ? { ...row, groups: joined(groups.map(String), lang) } : row,
  );
  if (format === "csv") return toCsv(names, rows);
  if (format === "xlsx") return listWorkbook(names, rows);
  return rows.length === 0
    ? lang === "zh"
      ? "没有人。"
      : "Nobody."
    : rows.map((row) => shown(row, lang)).join("\n");
}

function shown(row: Row, lang: Lang): string {
  if ("persons" in row)
    return `${segmentName(String(row["segment"]), lang)} ${row["persons"] ?? "—"} (${row["previous"] ?? "—"})`;
  const silent = row["days_silent"] === null ? "—" : `${row["days_silent"]}`;
  return [
    row["name"],
    row["groups"],
    row["why"],
    silent,
    row["orders"] ?? "—",
    row["value"] ?? "—",
    row["rfm"] ?? "—",
  ].join(" · ");
}

function listWorkbook(names: readonly string[], rows: readonly Row[]): Promise<Buffer> {
  const isDay = (name: string) => name.endsWith("_day");
  const heads = names.map((title) => ({ title, kind: isDay(title) ? ("date" as const) : ("text" as const) }));
  const cells = (row: Row) =>
    names.map((name) => {
      const cell = row[name] ?? null;
      if (isDay(name) && typeof cell === "string") return dayNumber(cell);
      return typeof cell === "object" && cell !== null ? JSON.stringify(cell) : cell;
    });
  return writeWorkbook([{ name: "list", heads, rows: rows.map(cells) }]);
}
