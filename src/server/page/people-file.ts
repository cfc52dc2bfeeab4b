import type { Lang } from "../../kit/say.ts";
import { localDay } from "../../kit/time.ts";
import type { DormantRow } from "../../review/types.ts";
import { sceneName, whyName } from "../../review/words.ts";
import type { Cell, Row } from "../../warehouse/rows.ts";
import { joined, type Key, t } from "../i18n.ts";

type Told = (row: DormantRow, lang: Lang, timezone: string) => Cell;

const day = (instant: string | null, timezone: string) =>
  instant === null ? null : localDay(instant, timezone);

/** The table of the page with names in full, and what the page has no room for. Days are local, shares stay numbers. */
const COLUMNS: readonly (readonly [Key, Told])[] = [
  ["member", ({ name }) => name],
  ["group", ({ groups }, lang) => joined(groups, lang)],
  ["reason", ({ why }, lang) => whyName(why, lang)],
  ["days_silent", ({ daysSilent }) => daysSilent],
  ["last_active", ({ lastSpoke }, _, timezone) => day(lastSpoke, timezone)],
  ["last_order", ({ lastOrder }) => lastOrder],
  ["orders", ({ orders }) => orders],
  ["value", ({ value }) => value],
  ["alive", ({ alive }) => alive],
  ["days_since_order", ({ daysSinceOrder }) => daysSinceOrder],
  ["overdue_after", ({ overdueAfter }) => overdueAfter],
  ["rfm", ({ rfm }) => rfm],
  ["level", ({ level }) => level],
  ["scene", ({ scene }, lang) => sceneName(scene, lang)],
  ["owner_of", ({ owner }) => owner],
  ["fatigue", ({ addressed }) => addressed],
  ["last_addressed", ({ lastAddressed }, _, timezone) => day(lastAddressed, timezone)],
  ["holdout", ({ holdout }, lang) => (holdout ? t(lang, "holdout_yes") : "")],
  ["person_id", ({ personId }) => personId],
];

/** What whoever writes to them needs. */
export const TO_WRITE: readonly Key[] = ["member", "group", "reason", "scene", "owner_of", "person_id"];

/** People of a list for a spreadsheet, heads and words in the reader's language. @param wanted all columns, where none is named. */
export function peopleFile(
  rows: readonly DormantRow[],
  lang: Lang,
  timezone: string,
  wanted?: readonly Key[],
): { names: string[]; lines: Row[] } {
  const columns = COLUMNS.filter(([key]) => wanted?.includes(key) ?? true);
  const lines = rows.map((row) =>
    Object.fromEntries(columns.map(([key, told]) => [t(lang, key), told(row, lang, timezone)])),
  );
  return { names: columns.map(([key]) => t(lang, key)), lines };
}
