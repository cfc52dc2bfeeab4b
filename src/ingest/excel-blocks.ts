import type { CsvRecord } from "./csv-records.ts";

/*
 * Excel saves a table as CSV in blocks of sixteen rows, each as wide as its own last filled column: where the last columns
 * are empty in all sixteen, their commas are missing. Such rows are whole.
 */
const BLOCK = 16;

/** Pads rows of blocks that are alike and narrower than the header, where the header's own block is as wide as the header. */
export async function* inBlocks(records: AsyncIterable<CsvRecord>, width: number): AsyncGenerator<CsvRecord> {
  let block: CsvRecord[] = [];
  let isExcel: boolean | undefined;
  const whole = (isLast: boolean): CsvRecord[] => {
    const [first] = block;
    const narrow = first?.fields?.length;
    const isAlike = narrow !== undefined && block.every(({ fields }) => fields?.length === narrow);
    isExcel ??= isAlike && narrow === width;
    // One row alone at the end may be a row that was cut.
    const isBlock = block.length === BLOCK || (isLast && block.length > 1);
    if (!isExcel || !isAlike || !isBlock || narrow >= width) return block;
    const missing = Array<string>(width - narrow).fill("");
    return block.map((one) => ({ ...one, fields: [...(one.fields ?? []), ...missing] }));
  };
  for await (const record of records) {
    block.push(record);
    if (block.length < BLOCK) continue;
    yield* whole(false);
    block = [];
  }
  yield* whole(true);
}

/** SQL over the lines (from 1) that have too few cells: whether a block of them is among them. */
export const HAS_BLOCK = `
  select 1 from (
    select (line - 1) // ${BLOCK} as block, count(distinct line) as rows, max(line) as last
    from csv_rejects where error_type = 'MISSING COLUMNS' group by all
  ) where rows = ${BLOCK} or rows > 1 and last = block * ${BLOCK} + rows limit 1`;
