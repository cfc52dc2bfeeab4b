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
): Promise<void> {
  await database.run(
    "create temp table notices (text VARCHAR, event VARCHAR, ids VARCHAR, names VARCHAR, method VARCHAR, detail VARCHAR, confidence DOUBLE)",
  );
  const texts = await database.all(
    "select distinct text from unread where type = 'system' and text is not null",
  );
  const appender = await TableAppender.open(database, "notices");
  for (const { text } of texts) {
    const notice = read(String(text));
    if (!notice) continue;
    const { event, subjects = [], subjectNames = [], method = null, detail = null, confidence = 1 } = notice;
    appender.add([
      String(text),
      event,
      subjects.join(MARK),
      subjectNames.join(MARK),
      method,
      detail,
      confidence,
    ]);
  }
  appender.close();
  const list = (column: string) => `list_filter(string_split(notices.${column}, chr(31)), lambda x: x <> '')`;
  await database.run(
    `create temp view records as
     select unread.* exclude (type), if(notices.event is null, type, null) as type, notices.event, ${list("ids")} as subjects,
       ${list("names")} as subject_names, notices.method, notices.detail, notices.confidence
     from unread left join notices on notices.text = if(unread.type = 'system', unread.text, null)`,
  );
}
