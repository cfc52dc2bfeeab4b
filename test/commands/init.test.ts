import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Shell } from "./cli.ts";

const shell = new Shell();
afterAll(() => shell.remove());

it("says whose midnight begins the week, and what money counts", () => {
  const { out } = shell.fupan("init", "zh");
  expect(out).toContain("一周从 Asia/Shanghai 的零点算起，金额只计 CNY");
});

it("a workspace in English begins its weeks where the machine stands", () => {
  const { out } = shell.inZone("Europe/London", "--lang", "en", "init", "en");
  expect(out).toContain("midnight in Europe/London, and amounts count in CNY");
  const settings = readFileSync(join(shell.root, "en", "fupan.yaml"), "utf8");
  expect(settings).toMatch(/^timezone: Europe\/London {2,}#/m);
  expect(settings).toMatch(/^language: en /m);
});
