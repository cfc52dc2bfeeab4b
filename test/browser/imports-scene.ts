import { afterAll, beforeAll } from "vitest";
import type { Lang } from "../../src/kit/say.ts";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";
import { openBrowser, type Tab } from "./tab.ts";

/** A file as a browser hands it to the page. */
export const file = (name: string, body: string | Uint8Array) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(body),
});

/** The imports page of an empty workspace in a browser, begun and ended with the tests around it. */
export function importsScene(lang: Lang, width: number) {
  const community = new Community();
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const desk = testDesk(community.workspace, community.state);
  let server: Awaited<ReturnType<typeof listen>>;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let tab: Tab;
  beforeAll(async () => {
    await community.state.create();
    const app = await createApp({ source, dashboards: DASHBOARDS, lang, state: community.state, desk });
    server = await listen(app, { host: "127.0.0.1", port: 0 });
    browser = await openBrowser();
    tab = await browser.tab({ width });
  });
  afterAll(async () => {
    await browser.close();
    desk.jobs.close();
    await server.close();
    close();
    community.remove();
  });
  return {
    community,
    source,
    get url() {
      return server.url;
    },
    get browser() {
      return browser;
    },
    get tab() {
      return tab;
    },
    open: () => tab.page.goto(`${server.url}imports`),
    choose: (...files: ReturnType<typeof file>[]) => tab.page.setInputFiles("#drop input", files),
    /** As from a folder by the mouse: the events, and the files that they carry. */
    drop: (...files: ReturnType<typeof file>[]) =>
      tab.page.evaluate(
        (given) => {
          const carried = new DataTransfer();
          for (const { name, bytes } of given)
            carried.items.add(new File([Uint8Array.from(bytes)], name, { type: "text/csv" }));
          const place = document.querySelector("#drop b");
          for (const type of ["dragenter", "dragover", "drop"])
            place?.dispatchEvent(
              new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }),
            );
        },
        files.map(({ name, buffer }) => ({ name, bytes: [...buffer] })),
      ),
  };
}
