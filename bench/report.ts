import type { Size } from "./data.ts";

export interface Figure {
  what: string;
  /** With its unit: a ratio of two things measured in one run, or a median. */
  value: string;
  goal: string;
}

const cell = (text: string) => text.replaceAll("|", "\\|");

/** The measurements as a document: what was measured, on which machine, and how to do it again. */
export function report(
  figures: readonly Figure[],
  { machine, size, runs }: { machine: string; size: Size; runs: number },
): string {
  const rows = figures.map(({ what, value, goal }) => `| ${[what, value, goal].map(cell).join(" | ")} |`);
  return `# Performance

Written by \`npm run bench\`. Medians of ${runs} runs; a ratio compares two things of the same run, since machines are noisy.
Machine: ${machine}.

| what | measured | goal |
| --- | --- | --- |
${rows.join("\n")}

Data: invented, written by \`bench/data.ts\`: ${size.messages.toLocaleString("en-US")} messages, ${size.members.toLocaleString("en-US")} members, ${size.groups} groups, ${size.weeks} weeks.
The floor of an import is DuckDB's own \`copy (select * from read_csv(the same file, the same types)) to parquet (zstd)\`:
it reads and writes the rows, and does nothing else. An import also hashes the file, checks every row, reads the
notices, finds persons and duplicates, and writes sorted parts by month.
`;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
