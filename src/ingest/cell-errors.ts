/*
 * What a spreadsheet program shows where a formula came to nothing (#N/A of a VLOOKUP that found nobody), or where a
 * number is wider than its column (###). It says nothing: no id, no name, no group, and an amount or a time that is not known.
 */
const ERRORS =
  "#(N/A|REF!|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|CONNECT!|BLOCKED!|GETTING_DATA|##+)";
const ERROR = new RegExp(`^${ERRORS}$`);

export const isCellError = (cell: string): boolean => cell.startsWith("#") && ERROR.test(cell);

/** SQL of the same: nearly every cell is told by its first letter. @param cell SQL. */
export const hasCellError = (cell: string): string =>
  `case when ${cell} >= '#' and ${cell} < '$' then regexp_full_match(trim(${cell}), '${ERRORS}') else false end`;
