import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import type { ColumnsPlan } from "./columns-select.ts";
import { refundRemarksNote } from "./refund-remarks.ts";
import { unitPriceNote } from "./unit-price.ts";

const SHOWN = 8;
/** A column without a title (`uniqueNames`): the commas that a spreadsheet program leaves at the ends of lines. */
const NO_TITLE = /^col_\d+$/;

/**
 * What the columns of a table are worth a word for.
 * @param isKept those that nothing takes are in `extra`: whoever wrote `refund` for `refunded` learns of it by no other sign.
 */
export function columnNotes(
  { unmatched, perPiece, refunds }: Pick<ColumnsPlan, "unmatched" | "perPiece" | "refunds">,
  isKept: boolean,
): Text[] {
  const unused = unmatchedNote(
    unmatched.filter((one) => !NO_TITLE.test(one)),
    isKept,
  );
  return [
    ...unused,
    ...(perPiece ? [unitPriceNote(perPiece)] : []),
    ...(refunds ? [refundRemarksNote(refunds)] : []),
  ];
}

function unmatchedNote(columns: readonly string[], isKept: boolean): Text[] {
  if (columns.length === 0) return [];
  const first = columns.slice(0, SHOWN);
  const more = columns.length > SHOWN;
  return [
    {
      zh: `没有用到的列${isKept ? "（原样留着）" : ""}：${first.join("、")}${more ? ` 等 ${columns.length} 列` : ""}`,
      en: `columns not used${isKept ? " (kept as they are)" : ""}: ${first.join(", ")}${more ? ` and ${columns.length - SHOWN} more` : ""}`,
    },
  ];
}

/**
 * A column of somebody's own map that the file has not is a warning at its header: money or a state may stand in it under a
 * new name. So is a name on the left that is none of ours, by which nothing is read.
 */
export async function tellMapped(
  database: Database,
  { absent, unknown }: { absent: readonly string[]; unknown: readonly string[] },
  line: number,
): Promise<void> {
  const told = [
    ...absent.map((column) => ({ column, code: "mapped_column_missing" })),
    ...unknown.map((column) => ({ column, code: "mapped_column_unknown" })),
  ];
  for (const { column, code } of told)
    await database.run("insert into issues values (null, null, $line, $column, $code, null, false)", {
      line,
      column,
      code,
    });
}
