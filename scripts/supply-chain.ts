// What the product is made of besides its own code, read from the lock file: for docs/licences.md and its guard.
import { readFileSync } from "node:fs";

/** Licences that a product may be given away with; the second list is for tools that stay with the developers. */
const SHIPPED = [
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "Unlicense",
  "CC0-1.0",
  "Python-2.0",
];
const TOOLS = [...SHIPPED, "MPL-2.0", "BlueOak-1.0.0"];

/** Shipped as they are: MPL-2.0 asks for the source of changed files of its own, and none is changed. */
const EXCEPTIONS: Readonly<Record<string, string>> = { "ical.js": "MPL-2.0" };

export interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  link?: boolean;
  hasInstallScript?: boolean;
}

export interface Lock {
  packages: Record<string, LockedPackage>;
}

export function readLock(root: string): Lock {
  return JSON.parse(readFileSync(`${root}/package-lock.json`, "utf8")) as Lock;
}

export interface Shipped {
  name: string;
  version: string;
  license: string;
}

/** Packages that come with the product, by name. */
export function shipped({ packages }: Lock): Shipped[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, { version = "", license = "" }]) => ({ name: nameOf(path), version, license }))
    .sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
}

/**
 * A CycloneDX bill of materials. npm's own leaves out what a developer's tool needs as well (zod, for one), and is another
 * text at every run; this one is the same for the same lock file.
 */
export function bill({ packages }: Lock): object {
  const own: LockedPackage | undefined = packages[""];
  const version = own?.version ?? "";
  const components = Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, one]) => ({
      type: "library",
      name: nameOf(path),
      version: one.version ?? "",
      purl: `pkg:npm/${nameOf(path).replace("@", "%40")}@${one.version}`,
      hashes: [
        { alg: "SHA-512", content: Buffer.from(one.integrity?.slice(7) ?? "", "base64").toString("hex") },
      ],
      licenses: [{ expression: one.license ?? "" }],
    }))
    .sort((a, b) => (a.purl < b.purl ? -1 : 1));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: { type: "application", name: "fupan", version, licenses: [{ expression: "Apache-2.0" }] },
    },
    components,
  };
}

/** What must not be in a lock file, one line each; empty when all is well. */
export function problems({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, one]) => {
    if (path === "") return [];
    const say = (what: string) => `${nameOf(path)}: ${what}`;
    const found: string[] = [];
    const places = one.dev ? TOOLS : SHIPPED;
    const isExcepted = EXCEPTIONS[nameOf(path)] === one.license;
    if (!isExcepted && !isAllowed(one.license ?? "", places))
      found.push(say(`licence ${one.license ?? "unknown"}`));
    if (!one.integrity?.startsWith("sha512-")) found.push(say("no sha512"));
    if (one.link) found.push(say("a link"));
    if (one.resolved && new URL(one.resolved).host !== "registry.npmjs.org")
      found.push(say("not from the npm registry"));
    if (one.hasInstallScript && !one.dev) found.push(say("runs a script when it is installed"));
    return found;
  });
}

/** SPDX: one of an OR, all of an AND. */
function isAllowed(license: string, among: readonly string[]): boolean {
  const plain = license.replace(/[()]/g, "");
  return plain
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => among.includes(one.trim())));
}

function nameOf(path: string): string {
  return path.replace(/^.*node_modules\//, "");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const root = new URL("..", import.meta.url).pathname;
  process.stdout.write(`${JSON.stringify(bill(readLock(root)), null, 2)}\n`);
}
