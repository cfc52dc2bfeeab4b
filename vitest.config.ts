import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/chromium-setup.ts"],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // DuckDB takes every core by itself; more files at once only wait for each other.
    maxWorkers: 2,
    pool: "forks",
    // As the program itself does (src/cli.ts).
    execArgv: ["--disable-proto=delete"],
  },
});
