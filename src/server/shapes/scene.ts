import type { ChartRow } from "../../charts/compile.ts";
import type { Lang } from "../../kit/say.ts";
import type { Explanation } from "../../review/explain/types.ts";
import type { Generation } from "../../review/source.ts";
import type { KpiLine, Review } from "../../review/types.ts";
import type { Extras } from "../extras.ts";

/** What a chart is drawn from: a review, the KPI that is looked at, and the queries of the same generation. */
export interface Scene {
  review: Review;
  kpi: KpiLine | undefined;
  /** Why that KPI moved; null where one of the two weeks has no value. */
  explanation: Explanation | null;
  extras: Extras;
  lang: Lang;
  query: Generation["query"];
}

/** Rows as a spec draws them: each with its sentence (`tip`), colour and text, so that specs hold no logic. */
export interface Shaped {
  rows: ChartRow[];
  /** What a screen reader says of the whole drawing. */
  label: string;
  params?: Record<string, string | number | number[]>;
}

export type Shape = (scene: Scene, width: number) => Shaped | Promise<Shaped>;
