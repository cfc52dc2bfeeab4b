import { UserError } from "../kit/errors.ts";
import { evidenceOf } from "../review/evidence.ts";
import { maskName } from "../review/mask.ts";
import { nothingBuilt } from "../review/nothing-built.ts";
import { findSuggestion, type SuggestionLine, suggestionsOf } from "../review/suggestions.ts";
import { chooseWeek, listWeeks } from "../review/weeks.ts";
import { type Action, ownerIn, type Suggestion } from "../rules/suggestion.ts";
import { shownSpan } from "../rules/text.ts";
import { accept, done, edit, listActions, reject } from "../state/suggestions.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Workspace } from "../workspace.ts";
import { callerName } from "./audited.ts";
import { type Context, openHere, print, readerOf, say } from "./context.ts";

export interface SuggestionFlags {
  week?: string;
  group?: string;
  owner?: string;
  due?: string;
  reason?: string;
  text?: string;
  by?: string;
}

/** The suggestions of a week with what was decided on them. */
export async function listSuggestions(context: Context, flags: SuggestionFlags): Promise<void> {
  const { workspace, state } = await openHere(context);
  const actions = await listActions(state);
  const made = await reading(context, workspace, async (database) => {
    const week = chooseWeek(await listWeeks(database), flags.week);
    return {
      week: week.label,
      suggestions: await suggestionsOf(database, week.week, flags.group ?? "*", actions),
    };
  });
  print(context, made, () =>
    made.suggestions.length === 0
      ? say(context, { zh: `${made.week} 没有建议。`, en: `No suggestions for ${made.week}.` })
      : made.suggestions.map((one) => lineOf(context, one)).join("\n"),
  );
}

/** One suggestion with everything it rests on: numbers, thresholds, rows, what may be wrong with it, and its source. */
export async function showSuggestion(context: Context, id: string): Promise<void> {
  const { workspace, state } = await openHere(context);
  const action = (await listActions(state)).find((one) => one.id === id) ?? null;
  const made = await reading(context, workspace, async (database) => {
    const shown = action?.suggestion ?? (await findSuggestion(database, id));
    if (!shown) throw unknownId(id);
    const evidence = await evidenceOf(database, readCatalog(context.content.sql), shown);
    const cases = evidence.cases.map((one) => ({ ...one, name: maskName(one.name) }));
    return { ...shown, status: action?.status ?? "open", action, rows: { ...evidence, cases } };
  });
  const { lang } = context;
  const part = (zh: string, en: string, text: string) => `${say(context, { zh, en })}：${text}`;
  print(context, made, () =>
    [
      `${made.groupId} ${made.rule} ${made.title[lang]} · ${made.week}`,
      (action?.text ?? made.text)[lang],
      "",
      part("什么时候提", "Fires when", made.description[lang]),
      part(
        "门槛",
        "Thresholds",
        made.params.map(({ name, value }) => `${name[lang]} ${String(value)}`).join(" · "),
      ),
      part("样本", "Sample", `${made.sample} (≥ ${made.minSample})`),
      part("证据", "Evidence", made.evidence.map(({ name, shown }) => `${name[lang]} ${shown}`).join(" · ")),
      part("怎么看效果", "Follow-up", made.followUp.text[lang]),
      part("会误报的情况", "Known false positives", made.falsePositives[lang]),
      part("出处", "Source", made.sources.join(", ")),
      ...(made.followUps > 0
        ? [
            part(
              "以前试过",
              "Tried before",
              `${made.followUps}, ${say(context, { zh: "改善", en: "improved" })} ${made.improved}`,
            ),
          ]
        : []),
      "",
      ...made.rows.weeks.map(
        ({ week, numerator, denominator, value }) =>
          `${week}  ${value === null ? "—" : Math.round(value * 10_000) / 10_000}${denominator === null ? "" : `  (${numerator}/${denominator})`}`,
      ),
      "",
      ...made.rows.cases.map(({ at, name, what, detail }) =>
        [at ?? "—", name, what[lang], detail ?? ""].join("  ").trimEnd(),
      ),
    ].join("\n"),
  );
}

/** One decision: accept, reject, edit or done. @throws UserError for an unknown id or a decision that no longer fits. */
export async function decideSuggestion(
  context: Context,
  step: "accept" | "reject" | "edit" | "done",
  id: string,
  flags: SuggestionFlags,
): Promise<void> {
  const { workspace, state } = await openHere(context);
  const actor = { by: flags.by ?? callerName(), at: context.effects.now() };
  const due = dayOf(flags.due);
  const decided = (await listActions(state)).find((action) => action.id === id);
  const { shown, last } = await reading(context, workspace, async (database) => ({
    shown: decided?.suggestion ?? (await findSuggestion(database, id)),
    last: (await listWeeks(database)).find(({ complete }) => complete)?.week ?? "",
  }));
  if (!shown) throw unknownId(id);
  const made = await ((): Promise<Action> => {
    switch (step) {
      case "accept":
        return accept(state, shown, { owner: flags.owner, due, baseWeek: baseWeekOf(shown, last) }, actor);
      case "reject":
        return reject(state, shown, flags.reason ?? "", actor);
      case "edit":
        return edit(state, shown, { text: flags.text, owner: flags.owner, due }, actor);
      case "done":
        return done(state, id, "person", actor);
    }
  })();
  print(context, made, () =>
    lineOf(context, { ...shown, text: made.text, status: made.status, action: made }),
  );
}

/** What is accepted late is measured from the newest complete week, not from the week it was first found in. */
function baseWeekOf(shown: Suggestion, last: string): string {
  return [shown.week, last].reduce((a, b) => (a < b ? b : a));
}

async function reading<T>(
  context: Context,
  workspace: Workspace,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const reader = readerOf(context, workspace);
  try {
    const made = await reader.read(async (database) => ({ value: await use(database) }));
    if (!made) throw nothingBuilt();
    return made.value;
  } finally {
    reader.close();
  }
}

const STATUS = {
  open: { zh: "待定", en: "open" },
  accepted: { zh: "已采纳", en: "accepted" },
  rejected: { zh: "不采纳", en: "rejected" },
  done: { zh: "已完成", en: "done" },
} as const;

function lineOf(
  context: Context,
  one: SuggestionLine | (Suggestion & { status: Action["status"]; action: Action }),
): string {
  const { action } = one;
  const facts = one.evidence
    .map(
      ({ name, value, unit, shown }) =>
        `${name[context.lang]} ${shownSpan(value, unit, context.lang) ?? shown}`,
    )
    .join(" · ");
  const more = [
    `${ownerIn(action?.owner ?? one.owner, one, context.lang)}${action?.owner && action.due ? ` ${action.due}` : ""}`,
    action?.reason ?? null,
    action?.effect ? action.effect.text[context.lang] : null,
    one.greyed ? say(context, { zh: "先修数据", en: "mend the data first" }) : null,
    one.tick ? say(context, { zh: "按词表找到，请先看原话", en: "found by words: read them first" }) : null,
  ].filter((part) => part !== null);
  return `${one.id}  [${STATUS[one.status][context.lang]}] ${one.groupId} ${one.rule} ${one.title[context.lang]}\n    ${one.text[context.lang]}\n    ${facts} · ${more.join(" · ")}`;
}

function dayOf(text: string | undefined): string | undefined {
  if (text === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))))
    return text;
  throw new UserError(
    { zh: `--due ${text} 不是日期`, en: `--due ${text} is no day` },
    { hint: { zh: "写成 2026-11-30", en: "Write it as 2026-11-30" } },
  );
}

function unknownId(id: string): UserError {
  return new UserError(
    { zh: `没有这条建议：${id}`, en: `There is no such suggestion: ${id}` },
    {
      hint: {
        zh: "用 fupan suggestions list 看编号；以前的周加 --week。",
        en: "See the ids with fupan suggestions list; add --week for earlier weeks.",
      },
    },
  );
}
