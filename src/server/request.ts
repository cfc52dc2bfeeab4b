import type { Request } from "express";
import { z } from "zod";
import type { Lang } from "../kit/say.ts";
import { VERSUS } from "./context.ts";
import { LIST_SORTS } from "./page/people-table.ts";

const text = z.string().max(200);

export const weekLabel = z.string().regex(/^\d{4}-(W\d{2}|\d{2}-\d{2})$/, "a week such as 2026-W47");
export const kpiId = z.string().regex(/^[a-z0-9_]{1,60}$/, "a KPI id");

/** What may stand in a page's URL. Unknown keys are ignored: links get tagged on their way. */
export const pageQuery = z.object({
  week: weekLabel.optional(),
  group: text.optional(),
  kpi: kpiId.optional(),
  vs: z.enum(VERSUS).catch("week").default("week"),
  lang: z.enum(["zh", "en"]).optional(),
  theme: z.enum(["light", "dark"]).optional(),
  delta: z.enum(["cn", "intl"]).optional(),
  day: z.iso.date().optional(),
  /** A role of the SOP plans, by its key or its name. */
  role: text.optional(),
  segment: z
    .string()
    .regex(/^[a-z_]{1,30}$/, "a segment")
    .optional(),
  why: z
    .string()
    .regex(/^[a-z_]{1,30}$/, "a reason")
    .optional(),
  q: text.default(""),
  sort: z.enum(LIST_SORTS).catch("value").default("value"),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  /** The page that a fragment stands on, where it is not the weekly one. */
  on: z.literal("group").optional().catch(undefined),
  w: z.coerce.number().min(0).max(5000).optional(),
});

export const kpisQuery = z.strictObject({
  kpi: kpiId.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  group: text.optional(),
});

export type PageQuery = z.infer<typeof pageQuery>;

export interface Look {
  lang: Lang;
  theme: "light" | "dark" | null;
  delta: "cn" | "intl" | null;
  /** Width class of the last visit: a phone gets phone-sized charts at once. */
  narrow: boolean;
}

/** The URL wins over the cookies, so that a shared link shows the same to everyone. */
export function lookOf(request: Request, query: PageQuery, fallback: Lang): Look {
  const cookies = new Map(
    (request.headers.cookie ?? "").split(";").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    }),
  );
  const oneOf = <T extends string>(name: string, allowed: readonly T[]) =>
    allowed.find((value) => value === cookies.get(name));
  return {
    lang: query.lang ?? oneOf("lang", ["zh", "en"] as const) ?? fallback,
    theme: query.theme ?? oneOf("theme", ["light", "dark"] as const) ?? null,
    delta: query.delta ?? oneOf("delta", ["cn", "intl"] as const) ?? null,
    narrow: cookies.get("vw") === "s",
  };
}
