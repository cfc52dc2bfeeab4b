import { fixtures, rowsOf } from "./golden.ts";

// Run as a process of its own, since its time zone can't be changed once it runs: prints the rows of every sample.
const rows: Record<string, unknown> = {};
for (const fixture of fixtures()) rows[fixture.path] = await rowsOf(fixture);
console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, rows }));
