import { createHash } from "node:crypto";
import type { Lang } from "../kit/say.ts";
import { escapeHtml } from "../server/html.ts";

/** Shows a mark's sentence under the pointer; all that an offline page needs of the enhancer. */
const TIPS = `(()=>{const t=document.querySelector(".tip");document.addEventListener("pointermove",e=>{const m=e.target instanceof Element?e.target.closest(".chart [aria-label]:not(svg)"):null;t.hidden=!m;if(!m)return;t.textContent=m.getAttribute("aria-label");const r=t.getBoundingClientRect();t.style.left=Math.max(8,Math.min(e.clientX+12,innerWidth-r.width-8))+"px";t.style.top=Math.max(8,e.clientY-r.height-12)+"px"},{passive:true})})()`;

export interface OfflinePage {
  lang: Lang;
  title: string;
  css: string;
  /** What stands in <main> of the page, with links and forms that need the server. */
  main: string;
  /** Links to the parts of the page, where it has them. */
  tabs: string;
  /** For print: always light. */
  theme?: "light";
  /** Class of the body: `long` for the long image. */
  kind?: string;
}

/** One file that opens anywhere: style and script inside, named by their hashes, and the network forbidden. */
export function offlineHtml({ lang, title, css, main, tabs, theme, kind }: OfflinePage): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(TIPS)}; style-src ${hash(css)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${lang === "zh" ? "zh-CN" : "en"}"${theme ? ` data-theme="${theme}"` : ""}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${css}</style>
</head>
<body class="offline${kind ? ` ${kind}` : ""}">
${tabs === "" ? "" : `<header class="top">${tabs}</header>\n`}<main id="main" class="wrap">${withoutServer(main)}</main>
<div class="tip" role="status" hidden></div>
<script>${TIPS}</script>
</body>
</html>
`;
}

/** Links to the server become the text that they are, those that only invite to go there go, as do forms and buttons; anchors within the page stay. */
function withoutServer(main: string): string {
  return main
    .replace(/<form[\s\S]*?<\/form>/g, "")
    .replace(/<button[\s\S]*?<\/button>/g, "")
    .replace(/<a class="(?:onward|control)" href="(?!#)[^"]*">[\s\S]*?<\/a>/g, "")
    .replace(/<a [^>]*?href="(?!#)[^"]*"[^>]*>([\s\S]*?)<\/a>/g, "<span>$1</span>");
}
