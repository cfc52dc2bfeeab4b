import { type Database, literal } from "../warehouse/database.ts";
import { MIN_LENGTH, PLACE } from "./suspect-overlap.ts";

/** Texts of one part that are kept: of one group, of all its groups together, and of each at least. */
const [OF_A_GROUP, OF_A_PART, AT_LEAST] = [500, 10_000, 50] as const;

/** The tables that `SaidBefore` fills, in the session's own database. */
export const SAID_BEFORE = [
  "create table chats_before (chat ubigint, log ubigint, group_id varchar, name varchar, source_format varchar, share double)",
  "create table said_before (chat ubigint, minute timestamp, said ubigint)",
];

/**
 * What the chats of the lake say, for other files to be held against: a sample of each part, read once in a session. Three
 * hundred logs that come together would open each other's parts three hundred times.
 *
 * `chats_before` has a row per part and group, with the share of its minutes that is kept (0 to 1), `said_before` the minutes (UTC)
 * and hashes of their normalised texts.
 */
export class SaidBefore {
  readonly #read = new Set<string>();

  /** @param database a connection of the session; nothing else is to write to it meanwhile. @param parts absolute paths. */
  async read(database: Database, parts: readonly string[]): Promise<void> {
    const fresh = parts.filter((path) => !this.#read.has(path));
    if (fresh.length === 0) return;
    const files = `read_parquet([${fresh.map(literal).join(", ")}], hive_partitioning = false, filename = true)`;
    await database.transaction(async () => {
      await database.run(
        `insert into memory.main.chats_before
         select hash(filename, group_id), hash(group_id, source_format), group_id, max(coalesce(group_name, group_id)), source_format,
           greatest(${AT_LEAST}, least(${OF_A_GROUP}, ${OF_A_PART} / count(*) over (partition by filename))) / count(*)
         from ${files} group by filename, group_id, source_format`,
      );
      await database.run(
        `insert into memory.main.said_before
         select distinct chat, minute, hash(normal_text(text))
         from (
           select hash(filename, group_id) as chat, date_trunc('minute', to_utc(sent_at, sent_at_is_utc)) as minute, text
           from ${files} where length(text) >= ${MIN_LENGTH}
         ) join memory.main.chats_before using (chat)
         where ${PLACE} < share`,
      );
    });
    for (const path of fresh) this.#read.add(path);
  }
}
