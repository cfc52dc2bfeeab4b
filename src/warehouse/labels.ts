import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Config } from "../config.ts";
import { UserError } from "../kit/errors.ts";
import type { Catalog } from "./catalog.ts";

function labelsOf(catalog: Catalog): string[] {
  const path = catalog.seeds.find(({ name }) => name === "labels")?.path;
  if (path === undefined) throw new Error("no seed labels.csv");
  const text = readFileSync(path, "utf8");
  const { data } = Papa.parse<{ label: string }>(text, {
    header: true,
    delimiter: ",",
    skipEmptyLines: true,
  });
  return data.map(({ label }) => label);
}

/** @throws UserError for a label that there is not. */
export function assertLabel(catalog: Catalog, label: string): void {
  const known = labelsOf(catalog);
  if (known.includes(label)) return;
  throw new UserError(
    { zh: `没有“${label}”这个标签`, en: `There is no label ${label}` },
    { hint: { zh: `可用：${known.join("、")}`, en: `Known labels: ${known.join(", ")}` } },
  );
}

/** @throws UserError for words in fupan.yaml of a label that there is not: they would match nothing, and nobody would know. */
export function checkLexicon({ lexicon, groups }: Config, catalog: Catalog): void {
  const known = labelsOf(catalog);
  const places = [
    ...Object.keys(lexicon).map((label) => ({ label, at: `lexicon.${label}` })),
    ...Object.entries(groups).flatMap(([group, own]) =>
      Object.keys(own.lexicon).map((label) => ({ label, at: `groups.${group}.lexicon.${label}` })),
    ),
  ];
  const stray = places.find(({ label }) => !known.includes(label));
  if (!stray) return;
  throw new UserError(
    {
      zh: `fupan.yaml 里的 ${stray.at}：没有这个标签`,
      en: `fupan.yaml, ${stray.at}: there is no such label`,
    },
    { hint: { zh: `可以写：${known.join("、")}`, en: `Allowed: ${known.join(", ")}` } },
  );
}
