import type { TableImporter } from "../kit/importer.ts";
import { TableAppender } from "../warehouse/append.ts";
import type { Database } from "../warehouse/database.ts";

const MARK = "\u001f";

/**
 * Reads the system notices of `unread` with the importer's grammar and makes `records`: a notice that tells of
 * members or messages is an event only, any other stays a system message. Notices are few, so they alone pass
 * through JavaScript; the rest of the table never does.
 */
export async function readNotices(
  database: Database,
  read: NonNullable<TableImporter["notice"]>,
  self: string | undefined,
): Promise<void> {
  await database.run(
    "create table notices (text VARCHAR, event VARCHAR, ids VARCHAR, names VARCHAR, actor_id VARCHAR, actor_name VARCHAR, method VARCHAR, target_id VARCHAR, detail VARCHAR, confidence DOUBLE)",
  );
  await database.run("create table system_rows as select * from unread where type = 'system'");
  const appender = await TableAppender.open(database, "notices");
  for (const { text } of await database.all("select distinct text from system_rows where text is not null")) {
    const notice = read(String(text));
    if (!notice) continue;
    const { event, subjectNames = [], detail = null, confidence = 1 } = notice;
    // Ids and names of the persons stand side by side.
    const own = notice.isSelf && self !== undefined ? [self] : [];
    const ids = [...own, ...(notice.subjects ?? subjectNames.map(() => ""))];
    appender.add([
      String(text),
      event,
      ids.join(MARK),
      [...own.map(() => ""), ...subjectNames].join(MARK),
      notice.actorId ?? null,
      notice.actorName ?? null,
      notice.method ?? null,
      notice.targetId ?? null,
      detail,
      confidence,
    ]);
  }
  appender.close();
  const list = (column: string) =>
    `if(${column} = '', [], list_transform(string_split(${column}, chr(31)), lambda x: nullif(x, '')))`;
  await database.run(
    `create table notice_rows as
     select row.* replace (if(event is null, row.type, null) as type), event, ${list("ids")} as subjects, ${list("names")} as subject_names, actor_id, actor_name, method, target_id, detail, confidence
     from system_rows as row left join notices using (text)`,
  );
  // Two parts put together, not a join of all rows: a later step that needs one part alone reads it alone, and what went
  // through a join has lost the order of the file.
  const cells = [
    "event",
    "subjects",
    "subject_names",
    "actor_id",
    "actor_name",
    "method",
    "target_id",
    "detail",
    "confidence",
  ];
  await database.run(
    `create view records as
     select *, ${cells.map((cell) => `null as ${cell}`).join(", ")} from unread where type is distinct from 'system'
     union all by name select * from notice_rows`,
  );
}
