import { expect, test } from "vitest";
import { bill, type LockedPackage, problems, readLock, shipped } from "../../scripts/supply-chain.ts";

import { read } from "./files.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const lock = readLock(ROOT);
const sound: LockedPackage = { version: "1.0.0", license: "MIT", integrity: "sha512-abc" };

test("what is locked is known: a sum for each, permissive licences, no scripts, no other source", () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(problems(lock)).toEqual([]);
});

test.each<[string, Partial<LockedPackage>, string]>([
  ["a licence that binds who uses it", { license: "GPL-3.0" }, "licence GPL-3.0"],
  ["a licence that nobody stated", { license: "" }, "licence "],
  ["one of two that must both hold", { license: "MIT AND AGPL-3.0" }, "licence MIT AND AGPL-3.0"],
  ["a tool's licence in the product", { license: "MPL-2.0" }, "licence MPL-2.0"],
  ["no sum", { integrity: "" }, "no sha512"],
  ["a weak sum", { integrity: "sha1-abc" }, "no sha512"],
  ["another registry", { resolved: "https://packages.example/a.tgz" }, "not from the npm registry"],
  ["a script at installation", { hasInstallScript: true }, "runs a script when it is installed"],
  ["a link to a folder", { link: true }, "a link"],
])("planted: %s", (_what, change, found) => {
  expect(problems({ packages: { "": {}, "node_modules/a": { ...sound, ...change } } })).toEqual([
    `a: ${found}`,
  ]);
});

test("either of two licences is enough, and tools may have one more", () => {
  const packages = {
    "node_modules/a": { ...sound, license: "(GPL-2.0 OR MIT)" },
    "node_modules/b": { ...sound, license: "MPL-2.0", dev: true },
  };
  expect(problems({ packages })).toEqual([]);
});

test("the bill of materials lists what is shipped, each with its sum and licence", () => {
  const { components } = bill(lock) as {
    components: {
      name: string;
      version: string;
      hashes: { content: string }[];
      licenses: { expression: string }[];
    }[];
  };
  expect(components.map(({ name, version, licenses }) => [name, version, licenses[0]?.expression])).toEqual(
    expect.arrayContaining(shipped(lock).map(({ name, version, license }) => [name, version, license])),
  );
  expect(components.filter(({ hashes }) => hashes[0]?.content.length !== 128)).toEqual([]);
  const { dependencies = {} } = JSON.parse(read("package.json")) as { dependencies?: Record<string, string> };
  expect(Object.keys(dependencies).filter((name) => !components.some((one) => one.name === name))).toEqual(
    [],
  );
});
