import type { Express } from "express";
import { loadAssets } from "../../src/server/assets.ts";
import type { Role } from "../../src/state/users.ts";

/** Who may ask: admin, operator, leader, viewer, and nobody in particular. */
type Letters = string;
const LETTER: Readonly<Record<Role | "nobody", string>> = {
  admin: "a",
  operator: "o",
  leader: "l",
  viewer: "v",
  nobody: "n",
};

interface Entry {
  open: Letters;
  /** An address of the route; the route itself where it has no parameters. */
  at: string;
}

const to = (open: Letters, at = "") => ({ open, at });
const WORD = "0123456789";
const UPLOAD = "00000000-0000-4000-8000-000000000000";

/** Every route of the application and who may ask for it. What is not here fails the matrix. */
export const MATRIX: Readonly<Record<string, Entry>> = {
  "get /assets/:file": to("aolvn", loadAssets().css.path),
  "get /healthz": to("aolvn"),
  "get /login": to("aolvn"),
  "post /login": to("aolvn"),
  "post /logout": to("aolv"),
  "post /look": to("aolv"),
  "get /account": to("aolv"),
  "post /account/password": to("aolv"),
  "post /account/sessions": to("aolv"),
  "get /": to("aolv"),
  "get /frag/why": to("aolv"),
  "get /chart/:id.svg": to("aolv", "/chart/10-trend.svg"),
  "get /spec/:id.vl.json": to("ao", "/spec/10-trend.vl.json"),
  "get /segments": to("aolv"),
  "get /lists/kpis.csv": to("aol"),
  "get /lists/:segment.csv": to("aol", "/lists/dormant.csv"),
  "get /sop": to("aolv"),
  "get /sop.ics": to("aolv"),
  "get /sop/templates/:kind": to("aolv", "/sop/templates/retail.xlsx"),
  "get /sop/suggestions/:id": to("aolv", `/sop/suggestions/${WORD}`),
  "get /report.html": to("ao"),
  // Past the gate, and not drawn.
  "get /report.pdf": to("ao", "/report.pdf?week=x"),
  "get /report.png": to("ao", "/report.png?week=x"),
  "get /report.xlsx": to("ao"),
  "get /reports/:week/review.:form": to("ao", "/reports/2026-W45/review.html"),
  "get /people": to("ao"),
  "get /imports": to("ao"),
  "get /groups/:id": to("aolv", "/groups/g1"),
  "get /explore": to("aolv"),
  "get /explore/data.:form": to("aolv", "/explore/data.arrow"),
  "get /explore/spec.:form.json": to("aolv", "/explore/spec.vl.json"),
  "get /definitions": to("aolv"),
  "get /settings": to("ao"),
  "get /campaigns": to("aolv"),
  "post /campaigns": to("ao"),
  "get /campaigns/:id.csv": to("ao", `/campaigns/${WORD}.csv`),
  "get /campaigns/:id": to("aolv", `/campaigns/${WORD}`),
  "get /api/v1/openapi.json": to("aolv"),
  "get /api/v1/review": to("aolv"),
  "get /api/v1/kpis": to("aolv"),
  "get /api/v1/series": to("aolv", "/api/v1/series?kpi=activity_rate&by=group"),
  "get /api/v1/retention": to("ao"),
  "get /api/v1/days": to("ao"),
  "get /api/v1/explain": to("aolv", "/api/v1/explain?kpi=activity_rate"),
  "get /api/v1/segments/:segment": to("aol", "/api/v1/segments/dormant"),
  "get /api/v1/queries/:name": to("aolv", "/api/v1/queries/group_kpis"),
  "get /api/v1/imports": to("ao"),
  "get /api/v1/imports/running": to("ao"),
  "get /api/v1/suggestions": to("aolv"),
  "get /api/v1/suggestions/:id": to("aolv", `/api/v1/suggestions/${WORD}`),
  "post /api/v1/suggestions/:id/accept": to("aol", `/api/v1/suggestions/${WORD}/accept`),
  "post /api/v1/suggestions/:id/reject": to("aol", `/api/v1/suggestions/${WORD}/reject`),
  "post /api/v1/suggestions/:id/edit": to("aol", `/api/v1/suggestions/${WORD}/edit`),
  "post /api/v1/suggestions/:id/done": to("aol", `/api/v1/suggestions/${WORD}/done`),
  "get /api/v1/identity": to("ao"),
  "post /api/v1/identity/accept": to("ao"),
  "post /api/v1/identity/recount": to("ao"),
  "post /api/v1/identity/:id/accept": to("ao", `/api/v1/identity/${WORD}/accept`),
  "post /api/v1/identity/:id/reject": to("ao", `/api/v1/identity/${WORD}/reject`),
  "post /api/v1/identity/:id/undo": to("ao", `/api/v1/identity/${WORD}/undo`),
  "put /api/v1/imports": to("ao"),
  "post /api/v1/imports/uploads/:upload/check": to("ao", `/api/v1/imports/uploads/${UPLOAD}/check`),
  "post /api/v1/imports": to("ao"),
  "get /api/v1/imports/:batch/events": to("ao", `/api/v1/imports/${UPLOAD}/events`),
  "post /api/v1/imports/:batch/cancel": to("ao", `/api/v1/imports/${UPLOAD}/cancel`),
  "post /api/v1/imports/:batch/undo": to("ao", `/api/v1/imports/${UPLOAD}/undo`),
  "get /api/v1/imports/:batch/rejects": to("ao", `/api/v1/imports/${UPLOAD}/rejects`),
};

export function isOpenTo(route: string, who: Role | "nobody"): boolean {
  return MATRIX[route]?.open.includes(LETTER[who]) ?? false;
}

/** Method and address of a route. */
export function requestOf(route: string): { method: "get" | "post" | "put"; at: string } {
  const [method = "", path = ""] = route.split(" ");
  return { method: method as "get" | "post" | "put", at: MATRIX[route]?.at || path };
}

/** What the application answers, from its own table: "get /sop". */
export function routesOf(app: Express): string[] {
  interface Layer {
    route?: { path: string; methods: Record<string, boolean> };
  }
  return (app.router.stack as unknown as Layer[]).flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : [],
  );
}
