import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import type { Spec } from "../../src/charts/compile.ts";
import { DrawingThread, drawChart } from "../../src/charts/draw.ts";
import { renderChart } from "../../src/charts/render.ts";

const folder = mkdtempSync(join(tmpdir(), "fupan-draw-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spec = {
  data: { name: "t" },
  mark: "bar",
  encoding: { x: { field: "n", type: "quantitative" } },
} as unknown as Spec;
const options = { width: 100, theme: {}, label: "l" };

/** A thread that does as its first row says. */
const script = join(folder, "thread.mjs");
writeFileSync(
  script,
  `import { parentPort } from "node:worker_threads";
   const kept = [];
   parentPort.on("message", ({ rows: [{ what, flag }] }) => {
     if (what === "hang") for (;;);
     if (what === "wait") Atomics.wait(new Int32Array(flag), 0, 0);
     if (what === "eat") for (;;) kept.push(Array.from({ length: 1e5 }, Math.random));
     if (what === "throw") throw new Error("planted");
     if (what === "later") setImmediate(() => { throw new Error("planted"); });
     if (what === "end") process.exit(0);
     parentPort.postMessage({ svg: what });
   });`,
);
const threadOf = (longest?: number) => new DrawingThread(pathToFileURL(script), longest);
const ask = (thread: DrawingThread, what: string, flag?: SharedArrayBuffer) =>
  thread.draw(spec, [{ what, flag } as never], options);

test("what a thread draws is what the same code draws here", async () => {
  const rows = [{ n: 1 }, { n: 3 }];
  expect(await drawChart(spec, rows, options)).toBe(await renderChart(spec, rows, options));
});

test("a chart that can't be drawn says why, and the next one is drawn", async () => {
  const wrong = { ...spec, encoding: { href: { field: "n" } } } as unknown as Spec;
  await expect(drawChart(wrong, [{ n: 1 }], options)).rejects.toThrow("loads nothing and leads nowhere");
  expect(await drawChart(spec, [{ n: 2 }], options)).toContain("<svg");
});

test("this thread goes on while a chart is drawn", async () => {
  const flag = new SharedArrayBuffer(4);
  const drawn = ask(threadOf(), "wait", flag);
  // The chart waits for this: drawn here, both would wait forever.
  setTimeout(() => Atomics.store(new Int32Array(flag), 0, 1) + Atomics.notify(new Int32Array(flag), 0), 300);
  expect(await drawn).toBe("wait");
});

test.each([
  ["hang", 500, "not drawn in 500 ms"],
  ["throw", undefined, "planted"],
  ["end", undefined, "its thread ended"],
  ["eat", undefined, "memory"],
])(
  "a chart that does '%s' takes its thread with it; those behind it are drawn",
  async (what, longest, why) => {
    const thread = threadOf(longest);
    const [bad, good] = [ask(thread, what).catch(String), ask(thread, "next")];
    expect(await bad).toContain(why);
    expect(await good).toBe("next");
  },
);

test("what fails after its chart was drawn ends nothing but the thread", async () => {
  const thread = threadOf();
  expect(await ask(thread, "later")).toBe("later");
  await new Promise((done) => setTimeout(done, 200));
  expect(await ask(thread, "next")).toBe("next");
});

test("only the thread's file draws, and only what draws loads Vega", () => {
  const source = new URL("../../src/", import.meta.url).pathname;
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  // What runs in a browser has a Vega of its own.
  const loading = (what: RegExp) =>
    files.filter(
      (file) =>
        !file.startsWith("client") &&
        [
          ...readFileSync(join(source, file), "utf8").matchAll(
            /^import (?!type)[^;]*?from "([^"]+)"|import\("([^"]+)"\)/gm,
          ),
        ]
          .flatMap(([, first, second]) => first ?? second ?? [])
          .some((from) => what.test(from)),
    );
  expect(loading(/^vega$/)).toEqual(["charts/render.ts"]);
  expect(loading(/\/render\.ts$/)).toEqual(["charts/drawing-thread.ts"]);
});
