import type { Config } from "../config.ts";
import { columns } from "../kit/columns.ts";
import type { Importer } from "../kit/importer.ts";
import { OF_SHEET } from "../kit/of-sheet.ts";

type ColumnMap = Config["tables"][number];

const GROUPED = new Set(["chat", "member"]);

/** A column map of fupan.yaml, of `--mapping` or of the imports page as an importer like those in code. */
export function importerOf(map: ColumnMap): Importer {
  // Rows that name no group belong to the one that was chosen, else to the one that the file is named after.
  const namesGroup = ["group_id", "group_name"].some((column) => column in map.columns);
  const group =
    GROUPED.has(map.kind) && !namesGroup
      ? { group_id: "coalesce(option('group_id'), sheet_group, option('stem'))" }
      : {};
  const { sheet_group } = OF_SHEET;
  const named = "group_id" in group ? { ...map.columns, sheet_group } : map.columns;
  return columns({ ...map, title: map.title ?? map.id, columns: named, derive: { ...group, ...map.derive } });
}
