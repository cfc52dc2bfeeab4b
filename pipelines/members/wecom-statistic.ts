import { probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue } from "../../src/kit/importer.ts";
import { epochSeconds } from "../../src/kit/time.ts";
import { documents } from "../chats/shared/json.ts";

/*
 * WeCom externalcontact/groupchat/statistic (per owner) and statistic_group_by_day (per day): WeCom's own figures.
 * member_has_msg means "as of the day" and counts staff, so these are kept by their names and never mixed with ours.
 */
type Json = Record<string, unknown>;
const DAY = 86_400;
const CHINA = 8 * 3600;

export default documentImporter({
  id: "wecom-statistic",
  title: { zh: "企业微信群统计（groupchat/statistic）", en: "WeCom group statistics (groupchat/statistic)" },
  kind: "group_stats",
  matches: (head) =>
    probe({
      "items[].data.msg_total": [/"items"\s{0,99}:/, /"data"\s{0,99}:/, /"(?:msg_total|chat_total)"/].every(
        (one) => one.test(head.text),
      ),
    }),
  *read(content, { asOf }): Iterable<ImportRecord> {
    for (const { value, line } of documents(content)) {
      const answer = value as Json | null;
      const items = answer?.["items"];
      if (!Array.isArray(items)) {
        yield issue(line, "bad_json", JSON.stringify(value ?? null).slice(0, 200));
        continue;
      }
      for (const item of items as Json[]) {
        const begin = item["stat_time"] ?? answer?.["day_begin_time"];
        const day = typeof begin === "number" ? dayOf(begin) : (asOf?.slice(0, 10) ?? null);
        for (const [name, figure] of Object.entries((item["data"] ?? {}) as Json)) {
          yield {
            kind: "row",
            line,
            values: {
              owner_id: item["owner"] === undefined ? null : String(item["owner"]),
              day,
              name: `wecom_${name}`,
              value: String(figure),
            },
          };
        }
      }
    }
  },
});

/** Days of WeCom begin at 0:00 in China. */
function dayOf(seconds: number): string | null {
  return epochSeconds(Math.floor((seconds + CHINA) / DAY) * DAY)?.slice(0, 10) ?? null;
}
