import { join } from "node:path";
import { rejectsName } from "../../ingest/file-name.ts";
import type { Importer } from "../../kit/importer.ts";
import type { Lang } from "../../kit/say.ts";
import { zip } from "../../report/zip.ts";
import type { State } from "../../state/state.ts";
import { Database, literal } from "../../warehouse/database.ts";
import type { Row } from "../../warehouse/rows.ts";
import { mendable, mendableEntries } from "./mendable.ts";
import { rejectsCsv, rejectsWorkbook, workbookOf } from "./rejects-csv.ts";

export interface RejectFile {
  name: string;
  body: Buffer;
}

/**
 * The rejected records of a batch to be mended and dropped again: of a table or a workbook its rows with line and reason,
 * of a log or a JSON file the same with those records alone, of an archive its files that hold any. The name says the batch, by which the answers that the file needed are
 * known again. Several files come as a zip. Null when there are none.
 */
export async function rejectsFile(
  state: State,
  lake: string,
  batch: string,
  lang: Lang,
  importers: readonly Importer[],
): Promise<RejectFile | null> {
  const listed = await state.read((database) =>
    database.all(
      "select parts.path, file_name, importer from parts inner join imports using (import_id) where imports.batch = $batch and parts.fact = 'rejects' order by import_id",
      { batch },
    ),
  );
  const files: RejectFile[] = [];
  const database = await Database.open(":memory:");
  try {
    for (const { path, file_name, importer } of listed) {
      const rows = await database.all(
        `from read_parquet(${literal(join(lake, String(path)))}, hive_partitioning = false) order by line`,
      );
      const known = importers.find(({ id }) => id === importer);
      const [file, body] = await inItsFormat(known, String(file_name), rows, lang);
      files.push({ name: free(rejectsName(file, batch), files), body: Buffer.from(body) });
    }
  } finally {
    database.close();
  }
  const [only, second] = files;
  if (!only || !second) return only ?? null;
  const packed = await zip(files.map(({ name, body }) => [name, body] as const));
  return { name: `rejects-${batch.slice(0, 8)}.zip`, body: packed };
}

/** The rejected records of one file, under the name they have in that format. */
async function inItsFormat(
  importer: Importer | undefined,
  name: string,
  rows: readonly Row[],
  lang: Lang,
): Promise<[string, string | Buffer]> {
  const entries = mendableEntries(importer, rows);
  if (entries) {
    const bodies = entries.map(([path, text]) => [path, Buffer.from(text)] as const);
    return [`${name.replace(/\.zip$/i, "")}.zip`, await zip(bodies)];
  }
  const workbook = workbookOf(rows);
  if (workbook) return [`${stemOf(name)}.xlsx`, await rejectsWorkbook(rows, lang, workbook)];
  const whole = mendable(importer, name, rows);
  return whole === null ? [`${stemOf(name)}.csv`, rejectsCsv(rows, lang)] : [name, whole];
}

const stemOf = (name: string) => name.replace(/\.[^.]*$/, "");

/** Two files of a batch may have one name. */
function free(name: string, files: readonly RejectFile[]): string {
  const taken = new Set(files.map((file) => file.name));
  for (let at = 1; ; at++) {
    const next = at === 1 ? name : `${at}/${name}`;
    if (!taken.has(next)) return next;
  }
}
