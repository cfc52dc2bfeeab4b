/** SQL: the lines of a cell that lists goods as `name(spec)+2` or `name(spec)*2`, as a list of the latter. */
export function goodsLines(cell: string): string {
  return `nullif(list_filter(list_transform(string_split(${cell}, chr(10)),
    lambda x: regexp_replace(trim(x, ' ' || chr(9) || chr(13)), '[+×xX]([0-9]+)$', '*\\1')), lambda x: x <> ''), [])`;
}
