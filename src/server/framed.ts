import { t } from "./i18n.ts";
import { document, type PageAssets, siteTabs } from "./page/layout.ts";
import type { Site } from "./site.ts";

/** Makes pages in the frame of the site; `path` is the page's own URL without a language. */
export function framed(assets: PageAssets): Site["framed"] {
  return (look, { title, path, status = 200, scripts = [], isBare = false }, main) => {
    const other = `${path}${path.includes("?") ? "&" : "?"}lang=${look.lang === "zh" ? "en" : "zh"}`;
    const shell = {
      lang: look.lang,
      title: `${title} · ${t(look.lang, "brand")}`,
      theme: look.theme,
      delta: look.delta,
      assets,
      here: path,
      otherLanguage: other,
      scripts,
    };
    return {
      status,
      type: "html",
      body: document(shell, null, isBare ? null : siteTabs(look.lang, path), main).text,
    };
  };
}
