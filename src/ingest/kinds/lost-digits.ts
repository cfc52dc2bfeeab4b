/** Warning of a kind: a cell like 1.38E+10, of which a spreadsheet program has kept three digits. */
export const lostDigits = (column: string) => [
  { code: "phone_resaved_by_spreadsheet", column, when: `${column} ilike '%_E+__'` },
];
