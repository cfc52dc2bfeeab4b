import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Express } from "express";
import { type Packed, pack, sendPacked } from "./packed.ts";

export interface Asset {
  path: string;
  type: string;
  body: string;
}

/** The style sheet and the scripts, each under a name that changes with its content. */
export interface Assets {
  css: Asset;
  /** By the name of its file in src/client; null where a package was made without it. */
  script: (name: ScriptName) => Promise<Asset | null>;
}

export type ScriptName = "main" | "imports" | "explore";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Scripts of this process: bundling the same files twice gives the same. */
const bundled = new Map<ScriptName, Promise<Asset | null>>();

/** A checkout bundles a script when it is first asked for; an installed package brings it in dist/client. */
export function loadAssets(): Assets {
  const folder = [here("./public"), here("./client")].find((path) => existsSync(path)) ?? here("./public");
  const sheets = readdirSync(folder).filter((file) => file.endsWith(".css"));
  const css = sheets
    .sort((a, b) => (a < b ? -1 : 1))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  return {
    css: named("app", "css", "text/css; charset=utf-8", css),
    script: (name) => {
      const made = bundled.get(name) ?? scriptOf(name);
      bundled.set(name, made);
      return made;
    },
  };
}

/** Under their own names, for ever: another content has another name. */
export function serveAssets(app: Express, { css, script }: Assets): void {
  const packed = new Map<string, Promise<Packed>>();
  app.get("/assets/:file", async (request, response, next) => {
    const { file } = request.params;
    const name = (["main", "imports", "explore"] as const).find((one) => file.startsWith(`${one}.`));
    const asset = name ? await script(name) : css;
    if (asset?.path !== `/assets/${file}`) return next();
    const body = packed.get(file) ?? pack(asset.type, asset.body);
    packed.set(file, body);
    response.set({ "Cache-Control": "public, max-age=31536000, immutable", Vary: "Accept-Encoding" });
    sendPacked(request, response, await body);
  });
}

async function scriptOf(name: ScriptName): Promise<Asset | null> {
  const text = await bundle(name);
  return text === null ? null : named(name, "js", "text/javascript; charset=utf-8", text);
}

async function bundle(name: ScriptName): Promise<string | null> {
  const built = [here(`../dist/client/${name}.js`), here(`./client/${name}.js`)].find((path) =>
    existsSync(path),
  );
  if (built) return readFileSync(built, "utf8");
  const entry = here(`../client/${name}.ts`);
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
