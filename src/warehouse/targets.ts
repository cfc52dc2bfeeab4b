import { UserError } from "../kit/errors.ts";

/** @throws UserError for a target in fupan.yaml of a KPI that there is not: it would stand nowhere, and nobody would know. */
export function checkTargets(
  targets: Readonly<Record<string, number>>,
  kpis: readonly { id: string }[],
): void {
  const known = kpis.map(({ id }) => id);
  const stray = Object.keys(targets).find((id) => !known.includes(id));
  if (stray === undefined) return;
  throw new UserError(
    {
      zh: `fupan.yaml 里的 targets.${stray}：没有这个指标`,
      en: `fupan.yaml, targets.${stray}: there is no such KPI`,
    },
    { hint: { zh: `可以写：${known.join("、")}`, en: `Allowed: ${known.join(", ")}` } },
  );
}
