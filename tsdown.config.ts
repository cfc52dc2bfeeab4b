import { defineConfig } from "tsdown";

/** The published command is one file; what it reads (sql, dashboards) lies beside dist, as in a checkout beside src. */
export default defineConfig({
  entry: ["src/cli.ts"],
  format: "esm",
  outDir: "dist",
  dts: false,
  platform: "node",
  target: "node20",
});
