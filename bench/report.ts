import type { Size } from "./data.ts";

export interface Figure {
  what: string;
  /** With its unit: a ratio of two things measured in one run, or a median. */
  value: string;
  goal: string;
}

const cell = (text: string) => text.replaceAll("|", "\\|");

const BEGIN = "<!-- written by npm run bench -->";
const END = "<!-- end -->";

/** The measurements as a block of docs/performance.md: what was measured, on which machine, of which data. */
export function report(
  figures: readonly Figure[],
  { machine, size, runs, day }: { machine: string; size: Size; runs: number; day: string },
): string {
  const rows = figures.map(({ what, value, goal }) => `| ${[what, value, goal].map(cell).join(" | ")} |`);
  return `${BEGIN}

${day}, medians of ${runs} runs. Machine: ${machine}.

| what | measured | goal |
| --- | --- | --- |
${rows.join("\n")}

Data: invented, written by \`bench/data.ts\`: ${size.messages.toLocaleString("en-US")} messages, ${size.members.toLocaleString("en-US")} members, ${size.groups} groups, ${size.weeks} weeks.

${END}`;
}

/** The document with a new block in place of the old one: what people wrote around it stays. @throws Error without one. */
export function withBlock(document: string, block: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END, from);
  if (from === -1 || to === -1) throw new Error(`docs/performance.md has no block ${BEGIN} … ${END}`);
  return document.slice(0, from) + block + document.slice(to + END.length);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
