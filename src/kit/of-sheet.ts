/**
 * Columns that the rows of a workbook get when several of its sheets are read as one table, by canonical name. A map of
 * columns that names them gets them: `sheet` is empty in the first sheet, so that what is made of it does not change
 * when a second one comes, and `sheet_group` wherever the names of the sheets are no groups. Rejected rows keep them.
 */
export const OF_SHEET = { sheet: "__工作表", sheet_group: "__工作表（群）" } as const;

export const OF_SHEET_NAMES: readonly string[] = Object.values(OF_SHEET);
