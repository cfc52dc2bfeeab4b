import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
];
const PACKAGES = ["chromium", "fonts-noto-cjk"];

/** Path of a Chromium: $CHROMIUM, else a usual place. */
export function findChromium(): string | undefined {
  return [process.env["CHROMIUM"], ...PLACES].find((path) => path !== undefined && existsSync(path));
}

/**
 * The browser tests need a Chromium with CJK fonts. As root on Debian it is installed; elsewhere the message says
 * what to install, and the tests fail: a browser test that skips itself proves nothing.
 * @throws Error naming the packages.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const debian = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  if (debian) {
    const apt = (...args: string[]) =>
      spawnSync("apt-get", args, {
        stdio: "inherit",
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    apt("update", "-qq");
    apt("install", "-y", "-qq", "--no-install-recommends", ...PACKAGES);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    `No Chromium found for the browser tests. Install it (Debian, Ubuntu: sudo apt-get install ${PACKAGES.join(" ")}) or set CHROMIUM to its path.`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(ensureChromium());
