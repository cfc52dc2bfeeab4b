import { UserError } from "../kit/errors.ts";

/** The widest export there is has a tenth; of twice as many the reader's own buffers do not fit its memory. */
export const MOST_COLUMNS = 1000;

/** @throws UserError for a table of more columns than can be read. */
export function refuseWide(columns: number): void {
  if (columns <= MOST_COLUMNS) return;
  throw new UserError(
    {
      zh: `这个表有 ${columns} 列，最多能读 ${MOST_COLUMNS} 列`,
      en: `The table has ${columns} columns; ${MOST_COLUMNS} can be read`,
    },
    {
      hint: {
        zh: "没有导出会有这么多列：删掉用不到的列，或重新导出再导入。",
        en: "No export has so many: delete those that are not needed, or export it again.",
      },
    },
  );
}

/** A text that is kept once may stand in every cell: a sheet of the largest size there is has half of this. */
export const MOST_WRITTEN = 2 ** 29;

export function tooLarge(): UserError {
  return new UserError(
    { zh: "工作表写成文字后超过 512 MiB", en: "The sheet is larger than 512 MiB as text" },
    {
      hint: {
        zh: "请从平台重新导出为 CSV，或按月份分几次导出。",
        en: "Export it again as CSV, or month by month.",
      },
    },
  );
}

/** Columns of a header up to the last that has a name: what stands right of it is no column. */
export const namedColumns = (header: readonly string[]): number =>
  header.findLastIndex((name) => name.trim() !== "") + 1;

/**
 * The cells of a row as one of `width` columns, where it may be that: only columns without a name are missing, or what is
 * too much is empty. In a sheet each cell stands under its column, so what is right of the header belongs to none of them.
 */
export function fitted(
  fields: readonly string[],
  width: number,
  named: number,
  isSheet: boolean,
): { cells: readonly string[]; isCut: boolean } | undefined {
  if (fields.length === width) return { cells: fields, isCut: false };
  if (fields.length < width) {
    if (fields.length < named) return undefined;
    return { cells: [...fields, ...Array<string>(width - fields.length).fill("")], isCut: false };
  }
  const isCut = fields.slice(width).some((cell) => cell.trim() !== "");
  return isCut && !isSheet ? undefined : { cells: fields.slice(0, width), isCut };
}
