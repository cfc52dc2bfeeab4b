import type { RequestHandler } from "express";
import type { Campaigns } from "../campaigns/store.ts";
import type { Lang } from "../kit/say.ts";
import type { ReviewSource } from "../review/source.ts";
import type { State } from "../state/state.ts";
import type { Answer, Make, Version } from "./answer.ts";
import type { ScriptName } from "./assets.ts";
import type { Charts, Dashboard } from "./charts.ts";
import type { Html } from "./html.ts";
import type { PageAssets } from "./page/layout.ts";
import type { Look } from "./request.ts";

/** What every route of the server may use. */
export interface Site {
  source: ReviewSource;
  lang: Lang;
  /** Absent where only a generation is served. */
  state: State | undefined;
  /** Folder of the frozen reports, absent where there is none. */
  reports: string | undefined;
  /** Folder of the blank SOP plans, absent where there is none. */
  templates: string | undefined;
  /** Absent where there is no folder for them. */
  campaigns: Campaigns | undefined;
  /** Whether results that can't be used are being computed again by themselves. */
  isRenewing: () => boolean;
  assets: PageAssets;
  /** URL of another script than the enhancer. */
  script: (name: ScriptName) => Promise<string | null>;
  dashboard: Dashboard;
  charts: Charts;
  /** What an answer given now is of: its parts begin with the generation's id, separated by a blank. */
  version: () => Version;
  /** A cached page route. */
  page: (make: Make) => RequestHandler;
  /** A page in the frame of the site. */
  framed: (
    look: Look,
    frame: {
      title: string;
      path: string;
      status?: number;
      scripts?: readonly string[];
      /** Without the site's pages: whoever is to sign in can follow none of them. */
      isBare?: boolean;
    },
    main: Html,
  ) => Answer;
  /** What stands where nothing was built yet, on the page of that path. */
  empty: (look: Look, path?: string) => Answer;
}
