/**
 * For the page: heads of tables whose rows show another number of columns. A column that a phone leaves out is left out
 * of the head as well, or each number stands under its neighbour's name.
 */
export function unevenTables(): (string | null)[] {
  const width = (row: HTMLTableRowElement) =>
    [...row.cells].reduce((sum, one) => sum + (one.getClientRects().length > 0 ? one.colSpan : 0), 0);
  return [...document.querySelectorAll("table")].flatMap((table) => {
    const [head] = table.tHead?.rows ?? [];
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => width(row) > 0);
    return head && rows.some((row) => width(row) !== width(head)) ? [head.textContent] : [];
  });
}
