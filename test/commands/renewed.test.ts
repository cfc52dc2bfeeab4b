import { cpSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Context } from "../../src/commands/context.ts";
import { renewed } from "../../src/commands/renew.ts";
import { UnusableError } from "../../src/state/damage.ts";
import { lastPointer } from "../../src/warehouse/publish.ts";
import { Community, csv, NOW } from "../support/community.ts";
import { Shell } from "./cli.ts";

let community: Community;
const shell = new Shell();
beforeAll(async () => {
  community = new Community();
  await community.import(
    "messages.csv",
    csv([{ group_id: "g1", sender_id: "m1", sent_at: "2026-11-10 10:00:00", text: "早" }]),
  );
  await community.build();
});
afterAll(() => {
  community.remove();
  shell.remove();
});

const results = (marts: string) =>
  readdirSync(marts)
    .filter((file) => file.endsWith(".duckdb"))
    .map((file) => join(marts, file));
const DAMAGE: Readonly<Record<string, (marts: string) => void>> = {
  "whose file is gone": (marts) => {
    for (const file of results(marts)) rmSync(file);
  },
  "whose file is garbage": (marts) => {
    for (const file of results(marts)) writeFileSync(file, "x".repeat(5000));
  },
  "whose file is cut": (marts) => {
    for (const file of results(marts)) truncateSync(file, 20_000);
  },
  "with a pointer that can't be read": (marts) => writeFileSync(join(marts, "CURRENT"), "{"),
  "of which nothing is left": (marts) => rmSync(marts, { recursive: true }),
};

describe("fupan serve with results", () => {
  test.each(Object.keys(DAMAGE))("%s: computes them anew by itself, and says so meanwhile", async (kind) => {
    const root = join(shell.root, `ws ${Object.keys(DAMAGE).indexOf(kind)}`);
    cpSync(community.root, root, { recursive: true });
    const marts = join(root, "marts");
    DAMAGE[kind]?.(marts);
    const child = shell.start("serve", "--workspace", root, "--port", "0");
    try {
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (text: Buffer) => {
          said += text.toString();
        });
      await vi.waitFor(() => expect(said).toMatch(/http:/), { timeout: 60_000 });
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
      const first = await fetch(url);
      const page = await first.text();
      expect(page).not.toContain("还没有可以复盘的数据");
      if (first.status === 503) {
        expect([first.headers.get("refresh"), page]).toEqual([
          "5",
          expect.stringContaining("正在自动重新计算"),
        ]);
      }
      await vi.waitFor(() => expect(said).toContain("已算好"), { timeout: 60_000, interval: 100 });
      const [after, api] = [await fetch(url), await fetch(`${url}/api/v1/review`)];
      expect([after.status, api.status, said.match(/正在重新计算/g)?.length]).toEqual([200, 200, 1]);
      expect(await api.json()).toMatchObject({ generation: lastPointer(marts)?.generation });
    } finally {
      child.kill("SIGTERM");
      await new Promise((done) => child.once("exit", done));
    }
  });
});

test("results that are taken away while the server runs are computed anew, and no page says that there is no data", async () => {
  const root = join(shell.root, "taken away");
  cpSync(community.root, root, { recursive: true });
  const child = shell.start("serve", "--workspace", root, "--port", "0");
  try {
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => {
        said += text.toString();
      });
    await vi.waitFor(() => expect(said).toMatch(/http:/), { timeout: 60_000 });
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
    expect((await fetch(`${url}/segments`)).status).toBe(200);
    rmSync(join(root, "marts"), { recursive: true });
    const [page, api] = [await fetch(url), await fetch(`${url}/api/v1/review`)];
    expect([page.status, page.headers.get("refresh"), api.status]).toEqual([503, "5", 503]);
    expect(await page.text()).toMatch(/算好的结果不见了[\s\S]*正在自动重新计算/);
    await vi.waitFor(() => expect(said).toContain("已算好"), { timeout: 60_000, interval: 100 });
    await vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), { timeout: 10_000 });
  } finally {
    child.kill("SIGTERM");
    await new Promise((done) => child.once("exit", done));
  }
});

test("what failed three times is not tried again, and the page says what to run", async () => {
  let now = 0;
  const log: string[] = [];
  const context = {
    effects: { log: (line: string) => log.push(line), now: () => NOW },
    lang: "en",
  } as unknown as Context;
  const broken = () => Promise.reject(new UnusableError({ zh: "坏了", en: "They are damaged" }));
  const renewing = renewed(
    context,
    community.workspace,
    community.state,
    { currentId: () => "g", read: broken },
    [process.execPath, "-e", "console.error('no disk'); process.exit(1)", "--"],
    () => now,
  );
  try {
    for (let tries = 1; tries <= 3; tries++) {
      expect(renewing.isRenewing()).toBe(true);
      // Whoever looks while the last try is still ending starts none: a page is looked at again.
      await vi.waitFor(
        async () => {
          await expect(renewing.source.read(async () => 1)).rejects.toThrow();
          expect(log.filter((line) => line === "no disk")).toHaveLength(tries);
        },
        { timeout: 20_000 },
      );
      await vi.waitFor(() => expect(renewing.isRenewing()).toBe(tries < 3), { timeout: 20_000 });
      await expect(renewing.source.read(async () => 1)).rejects.toThrow("damaged");
      now += 60_000;
    }
    await expect(renewing.source.read(async () => 1)).rejects.toThrow("damaged");
    expect(log.filter((line) => line.includes("computed again"))).toHaveLength(3);
  } finally {
    renewing.close();
  }
});
