import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import type { Grid } from "./grid.ts";
import { Markup } from "./markup.ts";
import { type Draft, joinSheets } from "./sheets.ts";
import { WEB_PAGE } from "./strange.ts";
import { WebTables } from "./web-tables.ts";
import type { RankSheet, Workbook } from "./xlsx.ts";

/*
 * Tables of a web page, which back offices export under the name .xls, and workbooks in the XML of Excel 2003: read as the sheets of a workbook are.
 */
const HEAD_BYTES = 64 << 10;
const BEGINS_PAGE = new Set(["html", "head", "meta", "table"]);
/** A page may begin with these too, and so may a text. */
const MAY_BEGIN_PAGE = new Set(
  "body style script title link div span p br b font center hr h1 h2 h3 form tr thead tbody caption".split(
    " ",
  ),
);
const SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet";

export type Page = "html" | "xml";

/** @param path of UTF-8 text. @returns what its first tag makes of it; undefined for every other text. */
export async function pageOf(path: string): Promise<Page | undefined> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const text = buffer.toString("utf8", 0, bytesRead).replace(/^[\s\uFEFF]+/, "");
    if (!text.startsWith("<")) return undefined;
    if (/^<!doctype\s+html/i.test(text)) return "html";
    let first: { name: string; tag: string } | undefined;
    const note = (name: string, tag: string) => {
      first ??= { name, tag };
    };
    const markup = new Markup(true, { open: note, close: () => undefined, text: () => undefined });
    markup.write(text);
    if (!first) return undefined;
    if (first.name === "workbook" && first.tag.includes(SPREADSHEET)) return "xml";
    if (BEGINS_PAGE.has(first.name)) return "html";
    return MAY_BEGIN_PAGE.has(first.name) && /<(?:table|tr)[\s>]/i.test(text) ? "html" : undefined;
  } finally {
    await file.close();
  }
}

/**
 * Writes the table that ranks highest to `target` as CSV, as `workbookToCsv` does with a sheet.
 * @throws UserError for a page without a table.
 */
export async function pageToCsv(
  path: string,
  name: string,
  page: Page,
  target: string,
  isAlone: boolean,
  rank: RankSheet = async () => ({ rank: 0 }),
  pieceBytes = 256 << 10,
): Promise<Workbook> {
  const paths = new Set<string>();
  const tables = new WebTables(page === "xml", (nth) => {
    const one = `${target}.sheet${nth}`;
    paths.add(one);
    return one;
  });
  try {
    const markup = new Markup(page === "xml", tables);
    const decoder = new TextDecoder();
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes }))
      markup.write(decoder.decode(piece as Buffer, { stream: true }));
    markup.write(decoder.decode());
    markup.end();
    const { isOpen, cutRow } = tables.end();
    const grids = [...tables.grids].filter(({ width }) => width > 1);
    if (grids.length === 0)
      throw new UserError(
        { zh: `${visible(name)} ${WEB_PAGE.what.zh}`, en: `${visible(name)} ${WEB_PAGE.what.en}` },
        { hint: WEB_PAGE.hint },
      );
    const drafts: Draft[] = [];
    for (const grid of grids) {
      grid.flush();
      const known = grids.length > 1 ? await rank(grid.path) : { rank: 0 };
      drafts.push({ ...draftOf(grid), ...known });
    }
    const joined = await joinSheets(drafts, target, isAlone);
    const notes = [...joined.notes, ...(isOpen ? [cutNote(cutRow !== undefined)] : [])];
    return { ...joined, notes, isFrom1904: false, cutRow };
  } finally {
    await Promise.all([...paths].map((one) => rm(one, { force: true })));
  }
}

function draftOf({ path, name, isHidden, cells, places }: Grid): Draft {
  return { path, name, isHidden, cells, places, hidden: 0, rank: 0 };
}

function cutNote(isInRow: boolean): Text {
  return isInRow
    ? {
        zh: "文件在一行的中间断了，可能没有下载完整：这一行没有算。请重新导出再导入，会自动补上。",
        en: "The file ends in the middle of a row, it may have been cut off: that row was not used. Export and import it again, which puts it right.",
      }
    : {
        zh: "文件里的表格没有写完，可能没有下载完整。请核对最后一行；少了就重新导出再导入，会自动补上。",
        en: "The table has no end in the file, which may have been cut off. Check its last row; if rows are missing, export and import again, which puts it right.",
      };
}
