import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take minutes: begun last, they would leave all cores but one idle at the end. */
const LONGEST = [
  "imports/golden",
  "torture/kill-points",
  "browser/imports",
  "torture/disk",
  "imports/mending",
  "imports/zones",
  "identity/policy",
  "admin/flips",
  "admin/forget-anything",
  "browser/page",
  "imports/pasted-tables",
  "imports/bad-input",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    // Of the same rank as they were: a stable sort.
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/chromium-setup.ts"],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // DuckDB takes every core by itself; more files at once only wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    pool: "forks",
    // As the program itself does (src/cli.ts).
    execArgv: ["--disable-proto=delete"],
  },
});
