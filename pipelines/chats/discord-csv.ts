import { exportHeader } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";

/*
 * DiscordChatExporter, CSV of one channel: no ids of messages, no types. Variants seen:
 * - Date with offset and seven decimals; older versions dd-MMM-yy hh:mm tt, in local time
 * - the channel is in the file's name: "Server - channel [id].csv"
 * - what the program itself writes has fixed sentences, but so may a person: all rows are messages
 */
const HEADER = ["AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"];

export default tableImporter({
  id: "discord-csv",
  title: { zh: "Discord 频道 CSV（DiscordChatExporter）", en: "Discord channel CSV (DiscordChatExporter)" },
  kind: "chat",
  idPrefix: "discord:",
  matches: (head) => exportHeader(head, HEADER, ["Reactions"]),
  reader: { csv: { columns: Object.fromEntries(HEADER.map((column) => [column, "VARCHAR"])) } },
  select: `
    select
        record,
        if(regexp_full_match(AuthorID, '\\d(\\.\\d+)?[eE]\\+?\\d+'), 'id_resaved_by_spreadsheet', null) as issue,
        'sender_id' as issue_column,
        coalesce(option('group_id'), 'discord:' || nullif(regexp_extract(option('stem'), '\\[(\\d{5,})\\]', 1), ''), option('stem')) as group_id,
        regexp_replace(option('stem'), '\\s*\\[\\d{5,}\\].*$', '') as group_name,
        AuthorID as sender_id,
        regexp_replace(Author, '#\\d{4}$', '') as sender_name,
        coalesce(
            strftime(try_strptime("Date", '%d-%b-%y %I:%M %p'), '%Y-%m-%d %H:%M:%S'),
            regexp_replace("Date", '(\\.\\d{6})\\d+', '\\1')
        ) as sent_at,
        case
            when Content <> '' then 'text'
            when regexp_matches(Attachments, '(?i)\\.(png|jpe?g|webp|gif)(\\?|,|$)') then 'image'
            when regexp_matches(Attachments, '(?i)\\.(mp4|mov|webm)(\\?|,|$)') then 'video'
            when Attachments <> '' then 'file'
            else 'text'
        end as type,
        coalesce(Content, '') as text,
        if(regexp_matches(Content, '@(everyone|here)\\b'), ['*'], null) as mentions
    from source`,
});
