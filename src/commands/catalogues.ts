import { fieldTitle } from "../kit/fields.ts";
import type { Importer } from "../kit/importer.ts";
import { OF_SHEET_NAMES } from "../kit/of-sheet.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { type Context, print } from "./context.ts";

/** Of a table of ours its columns, as their names are written in the header. */
function ownColumns(importer: Importer) {
  if (importer.form !== "columns" || !importer.keepExtra) return undefined;
  return Object.entries(importer.columns).flatMap(([column, header]) => {
    const [name = ""] = typeof header === "string" ? [header] : header;
    const title = fieldTitle(column);
    const required = importer.required.includes(column);
    return OF_SHEET_NAMES.includes(name) || !title ? [] : [{ name, title, required }];
  });
}

/** Every format that can be imported. */
export async function formats(context: Context): Promise<void> {
  const list = [...context.content.importers]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((one) => ({
      id: one.id,
      title: one.title,
      kind: one.kind,
      form: one.form,
      columns: ownColumns(one),
    }));
  print(context, list, () =>
    list.map(({ id, title, kind }) => `${id.padEnd(18)} ${kind.padEnd(9)} ${title[context.lang]}`).join("\n"),
  );
}

/** Every KPI with its definition. */
export async function kpis(context: Context): Promise<void> {
  const list = readCatalog(context.content.sql).kpis.map(({ id, header }) => ({
    id,
    title: header.title,
    description: header.description,
    unit: header.unit,
    good: header.good,
    minDenominator: header.minDenominator,
  }));
  print(context, list, () =>
    list
      .map(({ id, title, description }) => `${id}  ${title[context.lang]}\n    ${description[context.lang]}`)
      .join("\n"),
  );
}

/** Every rule with its thresholds, and how many rows it needs to speak. */
export async function rules(context: Context): Promise<void> {
  const list = readCatalog(context.content.sql).rules.map(({ id, header }) => ({
    id,
    title: header.title,
    description: header.description,
    severity: header.severity,
    owner: header.owner,
    params: Object.entries(header.params).map(([name, { default: value, zh, en, kinds }]) => ({
      name,
      value,
      title: { zh, en },
      kinds,
    })),
    minSample: header.minSample,
    needs: header.needs,
    suggestion: header.suggestion,
    expect: header.expect,
    followUp: { zh: header.followUp.zh, en: header.followUp.en },
    sources: header.sources,
    falsePositives: header.falsePositives,
  }));
  print(context, list, () =>
    list
      .map(
        ({ id, title, description }) =>
          `${id.padEnd(7)} ${title[context.lang]}\n        ${description[context.lang]}`,
      )
      .join("\n"),
  );
}

/** The data dictionary: every mart with its grain and columns, as the model headers describe them. */
export async function dictionary(context: Context): Promise<void> {
  const list = readCatalog(context.content.sql).marts.map(({ id, header }) => ({
    table: `marts.${id}`,
    description: header.description.en,
    grain: header.grain ?? [],
    columns: Object.entries(header.columns).map(([name, description]) => ({ name, description })),
  }));
  print(context, list, () =>
    list
      .map(
        ({ table, columns }) =>
          `${table}\n${columns.map((one) => `    ${one.name}: ${one.description}`).join("\n")}`,
      )
      .join("\n"),
  );
}
