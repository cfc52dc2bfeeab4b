// `npm test`: vitest, with a machine-readable report as well where FUPAN_TEST_RESULTS names a file.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

const report = process.env.FUPAN_TEST_RESULTS;
const reporters = report ? ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`] : [];
const { status } = spawnSync("npx", ["vitest", "run", ...reporters, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;

// Vitest says that a process of tests has ended, and neither which nor why. No test here is skipped on purpose.
if (status !== 0 && report && existsSync(report)) {
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  for (const { name, assertionResults } of testResults)
    for (const { fullName, status: became } of assertionResults)
      if (became === "pending") console.error(`not finished: ${relative("", name)} > ${fullName}`);
}
