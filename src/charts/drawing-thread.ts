import { parentPort } from "node:worker_threads";
import type { Drawn, Wanted } from "./draw.ts";

/* The thread of draw.ts: draws one chart after another, and ends with the process. */

// As in cli.ts: before anything is loaded.
Reflect.deleteProperty(Object.prototype, "__proto__");
const rendering = import("./render.ts");

parentPort?.on("message", async ({ spec, rows, options }: Wanted) => {
  const { renderChart } = await rendering;
  const drawn: Drawn = await renderChart(spec, rows, options).then(
    (svg) => ({ svg }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  parentPort?.postMessage(drawn);
});
