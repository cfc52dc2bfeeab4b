import { segmentName } from "../../review/words.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { foldedCard } from "./layout.ts";

interface Flow {
  from: string;
  to: string;
  persons: number;
}

/** Whoever may not see moves of few people gets fewer moves than members. */
export function hasHiddenMoves({ stock, flows }: PageContext["review"]["segments"]): boolean {
  const arrived = (segment: string) =>
    flows.filter(({ to }) => to === segment).reduce((total, { persons }) => total + persons, 0);
  return stock.some(
    ({ segment, persons, isHidden }) => isHidden || (persons !== null && arrived(segment) < persons),
  );
}

/** Who moved where from week to week, as matrices: lifecycle segments, and levels where member lists state them. */
export function movementCards({ lang, review, extras, isPaper }: PageContext): Html | null {
  if (isPaper) return null;
  // Moves of few people are not told to everybody; what is summed from the others is no sum then, and says so.
  const told = extras.levels.filter(({ persons }) => persons !== null);
  const levels = told.map((row) => ({
    from: String(row["from"]),
    to: String(row["to"]),
    persons: Number(row["persons"]),
  }));
  const isCut = told.length < extras.levels.length;
  const levelName = (level: string) => {
    if (level === "unknown") return t(lang, "level_unknown");
    return ["none", "left"].includes(level) ? segmentName(level, lang) : level;
  };
  const subOf = (key: "matrix_sub" | "level_sub", few: boolean) =>
    `${t(lang, key)}${few ? t(lang, "matrix_few") : ""}`;
  // Where everybody stayed there is nothing to unfold.
  const moved = review.segments.flows.some(({ from, to }) => from !== to);
  const segments = moved ? matrix(review.segments.flows, (one) => segmentName(one, lang), lang) : null;
  return html`<div class="pair even">${segments ? card(segmentTitle(review.segments.flows, lang), subOf("matrix_sub", hasHiddenMoves(review.segments)), segments) : null}${
    levels.length > 0
      ? card(
          levelTitle(levels, levelName, isCut, lang),
          subOf("level_sub", isCut),
          matrix(levels, levelName, lang),
        )
      : null
  }</div>`;
}

function card(title: string, sub: string, table: Html | null): Html {
  return foldedCard(
    title,
    html`<p class="sub">${sub}</p><div class="scroll" tabindex="0" role="region" aria-label="${title}">${table}</div>`,
    { isPaper: false },
  );
}

/** Rows = last week's end, columns = this one's; both sides add up to the members. */
function matrix(
  flows: readonly Flow[],
  nameOf: (id: string) => string,
  lang: PageContext["lang"],
): Html | null {
  if (flows.length === 0) return null;
  const sum = (of: (flow: Flow) => boolean) =>
    flows.filter(of).reduce((total, { persons }) => total + persons, 0);
  const ordered = (side: "from" | "to") =>
    [...new Set(flows.map((flow) => flow[side]))]
      .map((id) => ({ id, persons: sum((flow) => flow[side] === id) }))
      .sort((a, b) => edge(a.id) - edge(b.id) || b.persons - a.persons || (a.id < b.id ? -1 : 1));
  const [rows, columns] = [ordered("from"), ordered("to")];
  const cell = (from: string, to: string) => {
    const persons = sum((flow) => flow.from === from && flow.to === to);
    return html`<td class="num">${persons === 0 ? "" : from === to ? html`<span class="d-flat">${count(persons)}</span>` : html`<b>${count(persons)}</b>`}</td>`;
  };
  return html`<table class="tbl matrix"><thead><tr><th scope="col">${t(lang, "matrix_corner")}</th>${columns.map(({ id }) => html`<th scope="col" class="num">${nameOf(id)}</th>`)}<th scope="col" class="num">${t(lang, "last_week")}</th></tr></thead><tbody>${rows.map(({ id, persons }) => html`<tr><th scope="row">${nameOf(id)}</th>${columns.map((column) => cell(id, column.id))}<td class="num">${count(persons)}</td></tr>`)}<tr><th scope="row">${t(lang, "this_week")}</th>${columns.map(({ persons }) => html`<td class="num">${count(persons)}</td>`)}<td class="num"></td></tr></tbody></table>`;
}

/** Those who were not there before or are not there any more stand last. */
function edge(id: string): number {
  return ["unknown", "none", "left"].indexOf(id) + 1;
}

/** The way most took. */
function segmentTitle(flows: readonly Flow[], lang: PageContext["lang"]): string {
  const [most] = flows.filter(({ from, to }) => from !== to).sort((a, b) => b.persons - a.persons);
  if (!most || most.persons === 0) return t(lang, "segment_matrix_still");
  return t(lang, "segment_matrix", {
    from: segmentName(most.from, lang),
    to: segmentName(most.to, lang),
    n: count(most.persons),
  });
}

function levelTitle(
  flows: readonly Flow[],
  nameOf: (id: string) => string,
  isCut: boolean,
  lang: PageContext["lang"],
): string {
  const moved = flows.filter(({ from, to }) => from !== to && edge(from) === 0 && edge(to) === 0);
  const [most] = [...moved].sort((a, b) => b.persons - a.persons);
  if (!most) return t(lang, "level_none");
  const n = moved.reduce((total, { persons }) => total + persons, 0);
  return t(lang, isCut ? "level_title_least" : "level_title", {
    n,
    from: nameOf(most.from),
    to: nameOf(most.to),
    most: most.persons,
  });
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
