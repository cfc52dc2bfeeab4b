/** Pages of a site by route: every link that leads to a page, one address for each kind. */
export async function crawl(base: string, starts: readonly string[] = ["/"]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const queue = [...starts];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const url = new URL(next, base);
    const route = routeOf(url.pathname);
    if (found.has(route)) continue;
    const answer = await fetch(url);
    if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
    if (answer.headers.has("content-disposition")) continue;
    if (answer.status !== 200) throw new Error(`${url.pathname}: ${answer.status}`);
    found.set(route, url.pathname + url.search);
    for (const [, href = ""] of (await answer.text()).matchAll(/<a [^>]*?href="(\/[^"#]*)/g)) {
      const link = href.replaceAll("&#38;", "&").replaceAll("&amp;", "&");
      if (!/\.\w+(?:\?|$)|^\/api\//.test(link)) queue.push(link);
    }
  }
  return found;
}

/** `/groups/g1` → `/groups/:id`: what stands behind the first word is the name of one thing. */
function routeOf(path: string): string {
  const [, first = "", ...rest] = path.split("/");
  return `/${[first, ...rest.map((part) => (/^[a-z]{2,20}$/.test(part) ? part : ":id"))].join("/")}`;
}
