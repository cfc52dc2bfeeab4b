import { defineConfig } from "tsdown";

/** The published command is one file and that of the thread which draws; what it reads (sql, dashboards) lies beside dist, as in a checkout beside src. */
export default defineConfig({
  entry: { cli: "src/cli.ts", "drawing-thread": "src/charts/drawing-thread.ts" },
  format: "esm",
  outDir: "dist",
  dts: false,
  platform: "node",
  target: "node20",
});
