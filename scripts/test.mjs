// `npm test`: vitest, with a machine-readable report as well where FUPAN_TEST_RESULTS names a file.
import { spawnSync } from "node:child_process";

const report = process.env.FUPAN_TEST_RESULTS;
const reporters = report ? ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`] : [];
const { status } = spawnSync("npx", ["vitest", "run", ...reporters, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
