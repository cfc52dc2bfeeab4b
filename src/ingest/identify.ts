import { UserError } from "../kit/errors.ts";
import { factText } from "../kit/evidence.ts";
import type { Evidence, Head, Importer } from "../kit/importer.ts";
import { OF_SHEET } from "../kit/of-sheet.ts";
import type { Lang, Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { readHead } from "./head.ts";
import type { EncodingOf } from "./source.ts";
import type { RankSheet } from "./xlsx.ts";

export interface Candidate {
  importer: Importer;
  evidence: Evidence;
}

export interface Identified {
  matches: Candidate[];
  /** Two at most of those that have half of what they need and more, when none matched. */
  nearest: Candidate[];
}

/** Every importer is asked: two that say yes are an error, never a matter of order. */
export function identify(head: Head, importers: readonly Importer[]): Identified {
  const all = importers.map((importer) => ({ importer, evidence: importer.matches(head) }));
  const matches = all.filter(({ evidence }) => evidence.missing.length === 0);
  const nearest = all
    .filter(({ evidence }) => evidence.missing.length > 0 && nearness(evidence) >= 0.5)
    .sort(
      (a, b) =>
        nearness(b.evidence) - nearness(a.evidence) || a.evidence.missing.length - b.evidence.missing.length,
    )
    .slice(0, 2);
  const sure = matches.filter(({ evidence }) => evidence.isFallback !== true);
  return { matches: withoutSubsumed(sure.length > 0 ? sure : matches), nearest };
}

/** What opening a file asks of those who may read it. */
export function knownBy(importers: readonly Importer[]): { rank: RankSheet; encodingOf: EncodingOf } {
  const encodingOf: EncodingOf = async (path, name) => {
    const head = await readHead({ text: path, name, entries: [] });
    const [only, second] = identify(head, importers).matches;
    return second ? undefined : only?.importer.encoding?.(head);
  };
  return { rank: knownSheet(importers), encodingOf };
}

/** Which sheet of a workbook is known best: one that an importer is made for, then one that a general importer takes. */
function knownSheet(importers: readonly Importer[]): RankSheet {
  return async (path) => {
    const head = await readHead({ text: path, name: "sheet.csv", entries: [] });
    const { matches } = identify(head, importers);
    const [only] = matches;
    const rank = Math.max(0, ...matches.map(({ evidence }) => (evidence.isFallback ? 1 : 2)));
    if (!only) return { rank };
    const wanted = columnsIn(only.importer);
    const takes = (["sheet", "sheet_group"] as const).filter((column) => wanted.has(OF_SHEET[column]));
    return only.importer.form === "columns" || takes.length > 0
      ? { rank, headerRow: only.evidence.headerRow, takes }
      : { rank };
  };
}

/** Names of columns in the file that an importer of tables takes. */
function columnsIn(importer: Importer): ReadonlySet<string> {
  if (importer.form === "columns") return new Set(Object.values(importer.columns).flat());
  if (importer.form !== "table" || !("csv" in importer.reader)) return new Set();
  return new Set(Object.keys(importer.reader.csv.columns));
}

/** @throws UserError for no match (naming the two nearest and what was missing), for two, and for a refused file. */
export function theOnly(head: Head, importers: readonly Importer[]): Candidate {
  const { matches, nearest } = identify(head, importers);
  const file = visible(head.name);
  const [only, second] = matches;
  if (only && !second) {
    const { refusal } = only.evidence;
    if (!refusal) return only;
    throw new UserError({ zh: `${file} ${refusal.zh}`, en: `${file} ${refusal.en}` });
  }
  if (only) {
    const ids = matches.map(({ importer }) => importer.id).join(", ");
    throw new UserError(
      {
        zh: `${file} 同时符合几种格式：${ids}`,
        en: `${file} matches more than one format: ${ids}`,
      },
      {
        hint: {
          zh: `用 --as 指定其中一种，例如 --as ${only.importer.id}`,
          en: `Name one with --as, such as --as ${only.importer.id}`,
        },
      },
    );
  }
  throw new UserError(
    { zh: `${file} 不是认识的格式`, en: `${file} is in no known format` },
    { hint: unknownHint(nearest) },
  );
}

function unknownHint(nearest: readonly Candidate[]): Text {
  const near = (separator: string, of: (candidate: Candidate) => string) => nearest.map(of).join(separator);
  const rest = {
    zh: "自己做的表：在网页的导入页对上列名，或把表头改成复盘的格式。能导入的格式见 fupan formats。",
    en: "A table of your own: say on the import page which column is what, or give it the headers of a Fupan table. All formats: fupan formats.",
  };
  if (nearest.length === 0) return rest;
  return {
    zh: `最接近的是：${near("；", ({ importer, evidence }) => `${importer.title.zh}（${importer.id}），缺少 ${shown(evidence.missing, "zh")}`)}。${rest.zh}`,
    en: `Nearest: ${near("; ", ({ importer, evidence }) => `${importer.title.en} (${importer.id}), missing ${shown(evidence.missing, "en")}`)}. ${rest.en}`,
  };
}

/**
 * A map that asks for a true subset of another's columns also fits the other's files (a member list is
 * inside every richer table), so of two column maps the one with more evidence is meant.
 */
function withoutSubsumed(matches: Candidate[]): Candidate[] {
  const subsumes = (a: Candidate, b: Candidate) =>
    a !== b &&
    a.evidence.found.length > b.evidence.found.length &&
    b.evidence.found.every((fact) => a.evidence.found.includes(fact));
  return matches.filter((candidate) => !matches.some((other) => subsumes(other, candidate)));
}

/** The share of what is sought that the file has. That it lacks what it must not have says nothing for it. */
function nearness({ found, missing }: Evidence): number {
  const positive = found.filter((fact) => !factText(fact).en.startsWith("no ")).length;
  return positive / Math.max(positive + missing.length, 1);
}

/** The first of what was found or is missing, each with its first names. */
export function shown(facts: readonly string[], lang: Lang): string {
  const names = facts.slice(0, 4).map((fact) => {
    const one = factText(fact)[lang];
    const [first, second, third, more] = one.split(" / ");
    return more === undefined ? one : `${[first, second, third].join(" / ")} …`;
  });
  return `${names.join(lang === "zh" ? "、" : ", ")}${facts.length > 4 ? " …" : ""}`;
}
