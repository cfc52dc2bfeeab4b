import type { Charts, Drawing } from "../charts.ts";
import type { Scene } from "../shapes/scene.ts";

/** Sections of the weekly page that have charts of their own: the place that a spec names in its `usermeta`. */
const SECTIONS = ["why-parts", "why", "rhythm", "segments", "churn", "more"] as const;

export async function drawSections(
  charts: Charts,
  scene: Scene,
  narrow: boolean,
): Promise<Map<string, Drawing[]>> {
  const drawn = await Promise.all(
    SECTIONS.map(async (section) => [section, await charts.drawn(section, scene, narrow)] as const),
  );
  return new Map(drawn);
}
