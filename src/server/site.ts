import type { RequestHandler } from "express";
import type { Lang } from "../kit/say.ts";
import type { ReviewSource } from "../review/source.ts";
import type { Answer, Make } from "./answer.ts";
import type { Charts, Dashboard } from "./charts.ts";
import type { Html } from "./html.ts";
import type { PageAssets } from "./page/layout.ts";
import type { Look } from "./request.ts";

/** What every route of the server may use. */
export interface Site {
  source: ReviewSource;
  lang: Lang;
  assets: PageAssets;
  dashboard: Dashboard;
  charts: Charts;
  /** Generation id, then what else a page depends on, separated by a blank. */
  revision: () => string;
  /** A cached page route. */
  page: (make: Make) => RequestHandler;
  /** A page in the frame of the site. */
  framed: (look: Look, frame: { title: string; path: string; status?: number }, main: Html) => Answer;
  /** What stands where nothing was built yet. */
  empty: (look: Look) => Answer;
}
