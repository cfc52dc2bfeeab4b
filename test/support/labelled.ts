import { Community, csv } from "./community.ts";

/** A line of a labelled fixture: who says it, and what it is. */
export interface Labelled {
  part: string;
  side: "m" | "s";
  labels: string;
  text: string;
}

const START = Date.parse("2026-11-09T00:00:00Z");

/** The labels that a build gives to each line, ten minutes apart, by forty members or one of the staff. */
export async function foundLabels(lines: readonly Labelled[]): Promise<Map<number, Set<string>>> {
  const community = new Community("staff: [s]\n");
  try {
    await community.import(
      "m.csv",
      csv(
        lines.map(({ side, text }, at) => ({
          group_id: "g1",
          message_id: `x${at}`,
          sender_id: side === "s" ? "s" : `m${at % 40}`,
          sent_at: new Date(START + 8 * 3_600_000 + at * 600_000)
            .toISOString()
            .slice(0, 19)
            .replace("T", " "),
          text,
        })),
      ),
    );
    const rows = await community.query(
      `select (epoch(sent_at)::bigint - ${START / 1000}) // 600 as nth, list(label) as labels from marts.message_labels group by all`,
    );
    return new Map(rows.map((row) => [Number(row["nth"]), new Set(row["labels"] as string[])]));
  } finally {
    community.remove();
  }
}

/** How often a label is right, and how much of what it means it finds. */
export function quality(
  lines: readonly Labelled[],
  found: ReadonlyMap<Labelled, ReadonlySet<string>>,
  label: string,
) {
  let [hits, alarms, missed] = [0, 0, 0];
  for (const line of lines) {
    const [is, says] = [line.labels.split(";").includes(label), found.get(line)?.has(label) ?? false];
    if (is && says) hits++;
    else if (says) alarms++;
    else if (is) missed++;
  }
  return { hits, alarms, missed, precision: hits / (hits + alarms), recall: hits / (hits + missed) };
}
