import { ensureChromium } from "../../scripts/chromium.ts";

/** Before any test: a missing browser is said once, at the start, and not after ten minutes. */
export default function setup(): void {
  process.env["CHROMIUM"] = ensureChromium();
}
