/*
 * What a spreadsheet program shows where a formula came to nothing (#N/A of a VLOOKUP that found nobody), or where a
 * number is wider than its column (###). It says nothing: no id, no name, no group, and an amount or a time that is not known.
 */
export const ERRORS =
  "#(N/A|REF!|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|CONNECT!|BLOCKED!|GETTING_DATA|##+)";
const ERROR = new RegExp(`^${ERRORS}$`);

export const isCellError = (cell: string): boolean => cell.startsWith("#") && ERROR.test(cell);

/** What `cleaned(x)` makes of any of them. */
export const CELL_ERROR = "#N/A";
