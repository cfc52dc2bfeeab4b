import type { Config } from "../config.ts";
import { columns } from "../kit/columns.ts";
import type { Importer } from "../kit/importer.ts";

type ColumnMap = Config["tables"][number];

const GROUPED = new Set(["chat", "member"]);

/** A column map of fupan.yaml, of `--mapping` or of the imports page as an importer like those in code. */
export function importerOf({ title, required, values, status, ...rest }: ColumnMap): Importer {
  return columns({
    ...rest,
    title: title ?? rest.id,
    ...(required ? { required } : {}),
    ...(values ? { values } : {}),
    ...(status ? { status } : {}),
    // Rows that name no group belong to the one that was chosen, else to the one that the file is named after.
    ...(GROUPED.has(rest.kind) && !("group_id" in rest.columns) && !("group_name" in rest.columns)
      ? { derive: { group_id: "coalesce(option('group_id'), option('stem'))" } }
      : {}),
  });
}
