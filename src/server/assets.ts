import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Express } from "express";

export interface Asset {
  path: string;
  type: string;
  body: string;
}

/** The style sheet and the enhancer, each under a name that changes with its content. */
export interface Assets {
  css: Asset;
  script: Asset | null;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A checkout bundles the enhancer when the server starts; an installed package brings it in dist/client. */
export async function loadAssets(): Promise<Assets> {
  const folder = [here("./public"), here("./client")].find((path) => existsSync(path)) ?? here("./public");
  const sheets = readdirSync(folder).filter((file) => file.endsWith(".css"));
  const css = sheets
    .sort((a, b) => (a < b ? -1 : 1))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const script = await bundle();
  return {
    css: named("app", "css", "text/css; charset=utf-8", css),
    script: script === null ? null : named("main", "js", "text/javascript; charset=utf-8", script),
  };
}

/** Under their own names, for ever: another content has another name. */
export function serveAssets(app: Express, { css, script }: Assets): void {
  for (const { path, type, body } of [css, ...(script ? [script] : [])])
    app.get(
      path,
      (_request, response) =>
        void response.type(type).set("Cache-Control", "public, max-age=31536000, immutable").send(body),
    );
}

async function bundle(): Promise<string | null> {
  const built = [here("../dist/client/main.js"), here("./client/main.js")].find((path) => existsSync(path));
  if (built) return readFileSync(built, "utf8");
  const entry = here("../client/main.ts");
  if (!existsSync(entry)) return null;
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? null;
}

function named(name: string, ending: string, type: string, body: string): Asset {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 10);
  return { path: `/assets/${name}.${hash}.${ending}`, type, body };
}
