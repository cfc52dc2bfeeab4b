import { diffPlans } from "../../sop/diff.ts";
import { wholePlan } from "../../sop/read-file.ts";
import { type Context, callerPath, openHere, print, say } from "../context.ts";

const MARKS = { added: "+", removed: "-", changed: "~" };

/** What the second plan changes against the first, key by key. */
export async function diff(context: Context, before: string, after: string): Promise<void> {
  const { workspace } = await openHere(context);
  const [old, next] = [
    await wholePlan(callerPath(before), workspace.scratch),
    await wholePlan(callerPath(after), workspace.scratch),
  ];
  const changes = diffPlans(old, next);
  const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  print(context, { before: old.version, after: next.version, changes }, () =>
    [
      `${old.version} → ${next.version}`,
      ...changes.map(({ kind, path, before: was, after: is }) =>
        kind === "changed"
          ? `${MARKS[kind]} ${path}: ${shown(was)} → ${shown(is)}`
          : `${MARKS[kind]} ${path}: ${shown(kind === "added" ? is : was)}`,
      ),
      ...(changes.length === 0 ? [say(context, { zh: "没有差别。", en: "No difference." })] : []),
    ].join("\n"),
  );
}
