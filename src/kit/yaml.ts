import { type Document, isMap, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import { allowedText } from "./allowed.ts";
import { UserError } from "./errors.ts";
import type { Text } from "./say.ts";
import { yamlFault } from "./yaml-faults.ts";

/** A YAML (or JSON) file as a value, with what places in it are called. @throws UserError naming line and column. */
export function parseYaml(
  text: string,
  path: string,
): { value: unknown; document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  const wrong = (place: Text, what: Text) =>
    new UserError({
      zh: `${path}${place.zh}不是合法的 YAML：${what.zh}`,
      en: `${path}${place.en} is not valid YAML: ${what.en}`,
    });
  try {
    const document = parseDocument(text, { lineCounter: lines, schema: "core" });
    const [broken] = document.errors;
    if (!broken) return { value: document.toJS(), document, lines };
    const { line, col } = lines.linePos(broken.pos[0]);
    throw wrong(
      { zh: ` 第 ${line} 行第 ${col} 列`, en: ` line ${line} column ${col}` },
      yamlFault(broken.code),
    );
  } catch (error) {
    if (error instanceof UserError) throw error;
    // Nothing but the parser's own limits: levels without end, aliases of aliases, one of nothing.
    throw wrong(
      { zh: " ", en: "" },
      error instanceof RangeError
        ? { zh: "层次太深", en: "too many levels" }
        : {
            zh: "用 * 引用的值没有定义，或引用太多",
            en: "a value named by * is not defined, or too many are",
          },
    );
  }
}

/** The first problem of a checked YAML file, as a sentence that names the key, its line and what is allowed. */
export function sourceProblem(
  path: string,
  document: Document,
  lines: LineCounter,
  error: z.ZodError,
  schema: z.ZodType,
): UserError {
  const problem = error.issues[0];
  if (!problem) throw error;
  const unknown = problem.code === "unrecognized_keys" ? problem.keys[0] : undefined;
  const keys = [...problem.path.map(String), ...(unknown === undefined ? [] : [unknown])];
  const line = lineOf(document, lines, keys);
  const key = keys.join(".") || "(top level)";
  if (unknown !== undefined) {
    const allowed = allowedKeys(schema, problem.path.map(String)).join(", ");
    return new UserError(
      {
        zh: `${path} 第 ${line} 行：没有 ${key} 这个设置`,
        en: `${path} line ${line}: there is no setting ${key}`,
      },
      { hint: { zh: `这里可以写：${allowed}`, en: `Allowed here: ${allowed}` } },
    );
  }
  const { zh, en } = allowedText(problem);
  return new UserError(
    { zh: `${path} 第 ${line} 行：${key} 的值不对`, en: `${path} line ${line}: bad value for ${key}` },
    { hint: { zh: `应当是：${zh}`, en: `Allowed: ${en}` } },
  );
}

function lineOf(document: Document, lines: LineCounter, keys: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String((item.key as Node & { value?: unknown })?.value) === key);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      const item = (document.getIn(keys.slice(0, keys.indexOf(key) + 1), true) ?? undefined) as
        | Node
        | undefined;
      offset = item?.range?.[0] ?? offset;
      node = item;
    }
  }
  return lines.linePos(offset).line;
}

/** The keys that a strict object of the schema takes at a path; empty for records and unknown places. */
function allowedKeys(schema: z.ZodType, path: readonly string[]): string[] {
  let json: unknown = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  for (const key of path) {
    const at = json as {
      properties?: Record<string, unknown>;
      additionalProperties?: unknown;
      items?: unknown;
    };
    json = at.properties?.[key] ?? (/^\d+$/.test(key) ? at.items : at.additionalProperties);
    if (json === undefined) return [];
  }
  return Object.keys((json as { properties?: object }).properties ?? {});
}
