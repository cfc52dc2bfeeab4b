import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type RuleInputs, ruleInputs, ruleOwners } from "../rules/header.ts";
import { type Layer, type Model, readModel } from "./model.ts";
import { modelsOf } from "./outdated.ts";

/** Everything under the sql folder. A layer's files are read when it is first asked for: a page needs few of them. */
export interface Catalog {
  readonly root: string;
  /** Which models these are: `modelsOf` of the folder, read once. */
  models: string;
  staging: Model<"staging">[];
  intermediate: Model<"intermediate">[];
  marts: Model<"marts">[];
  kpis: Model<"kpis">[];
  dimensions: Model<"dimensions">[];
  queries: Model<"queries">[];
  rules: Model<"rules">[];
  /** What rules may need, by name. */
  ruleInputs: RuleInputs;
  /** English names of the roles that rules are written for. */
  ruleOwners: Readonly<Record<string, string>>;
  /** Statements, in an order in which they can run. */
  macros: readonly string[];
  /** Name and path of each seed table. */
  seeds: { name: string; path: string }[];
}

/** @throws QueryError, where a layer is first asked for, for a file of it whose header can't be read. */
export function readCatalog(root: string): Catalog {
  const read = new Map<Layer, unknown>();
  const layer = <L extends Layer>(name: L): Model<L>[] => {
    if (!read.has(name))
      read.set(
        name,
        filesOf(join(root, name), ".sql").map((file) => readModel(name, file, root)),
      );
    return read.get(name) as Model<L>[];
  };
  return {
    root,
    models: modelsOf(root),
    get staging() {
      return layer("staging");
    },
    get intermediate() {
      return layer("intermediate");
    },
    get marts() {
      return layer("marts");
    },
    get kpis() {
      return layer("kpis");
    },
    get dimensions() {
      return layer("dimensions");
    },
    get queries() {
      return layer("queries");
    },
    get rules() {
      return layer("rules");
    },
    ruleInputs: ruleInputs.parse(readYaml(join(root, "rules", "inputs.yaml"))),
    ruleOwners: ruleOwners.parse(readYaml(join(root, "rules", "owners.yaml"))),
    macros: filesOf(join(root, "macros"), ".sql").flatMap((path) => statementsOf(readFileSync(path, "utf8"))),
    seeds: filesOf(join(root, "seeds"), ".csv").map((path) => ({
      name: path.replace(/^.*\/|\.csv$/g, ""),
      path,
    })),
  };
}

/** A semicolon ends a statement where it ends a line. */
function statementsOf(sql: string): string[] {
  return sql
    .replace(/^[ \t]*--.*$/gm, "")
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

function readYaml(path: string): unknown {
  return existsSync(path) ? parse(readFileSync(path, "utf8"), { schema: "core" }) : {};
}

function filesOf(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}
