import express, { type Response } from "express";
import { z } from "zod";
import { UserError } from "../../kit/errors.ts";
import { maskName } from "../../review/mask.ts";
import type { Action, Suggestion } from "../../rules/suggestion.ts";
import type { State } from "../../state/state.ts";
import { type Actor, accept, done, edit, reject } from "../../state/suggestions.ts";
import { maySeeGroup } from "../auth/access.ts";
import { decidedActions } from "../decisions.ts";
import { weekLabel } from "../request.ts";
import type { Site } from "../site.ts";
import { isKnown } from "./answer.ts";
import type { Api } from "./registry.ts";

const scope = z.strictObject({ week: weekLabel.optional(), group: z.string().max(200).optional() });
const one = z.strictObject({ id: z.string().regex(/^[0-9a-f]{10}$/, "the id of a suggestion") });
const blank = (value: unknown) => (value === "" ? undefined : value);
const name = z.preprocess(blank, z.string().trim().max(60).optional());
const day = z.preprocess(blank, z.iso.date().optional());
/** A form also sends where it wants to go back to. */
const common = {
  by: name,
  back: z
    .string()
    .regex(/^\/(?!\/)/, "a path of this site")
    .max(500)
    .optional(),
};
const bodies = {
  accept: z.strictObject({ ...common, owner: name, due: day }),
  reject: z.strictObject({ ...common, reason: z.string().trim().min(1).max(500) }),
  edit: z.strictObject({
    ...common,
    text: z.preprocess(blank, z.string().trim().max(1000).optional()),
    owner: name,
    due: day,
  }),
  done: z.strictObject(common),
};
const answer = z.looseObject({ id: z.string(), status: z.enum(["open", "accepted", "rejected", "done"]) });

/** Suggestions with what was decided on them, and the decisions: JSON, or a form's post that leads back to its page. */
export function suggestionRoutes(api: Api, site: Site, state: State): void {
  const parse = [express.json({ limit: "20kb" }), express.urlencoded({ extended: false, limit: "20kb" })];
  api.add({
    path: "/api/v1/suggestions",
    summary: "The suggestions of a week, best first, each with its evidence, its decision and its effect.",
    query: scope,
    answers: z.object({ generation: z.string(), suggestions: z.array(answer) }),
    handle: async ({ query }, request, response) => {
      if (isKnown(request, response, site.version().all)) return;
      const actions = await decidedActions(state);
      const made = await site.source.read(async (generation) => ({
        generation: generation.id,
        suggestions: await generation.suggestions(query, actions),
      }));
      if (made) response.json(made);
      else response.status(404).json({ error: "nothing built yet" });
    },
  });
  api.add({
    path: "/api/v1/suggestions/{id}",
    summary: "One suggestion from its evidence to its effect, with every step that was taken.",
    params: one,
    answers: answer,
    handle: async ({ params }, _request, response) => {
      const { suggestion, action } = await find(params.id);
      const evidence = await site.source.read((generation) => generation.evidence(suggestion));
      const cases = evidence?.cases.map((one) => ({ ...one, name: maskName(one.name) })) ?? [];
      const rows = { measure: evidence?.measure ?? null, weeks: evidence?.weeks ?? [], cases };
      response.json({ ...suggestion, status: action?.status ?? "open", action, rows });
    },
  });
  const decide = <B extends { by?: string | undefined; back?: string | undefined }>(
    step: keyof typeof bodies,
    summary: string,
    body: z.ZodType<B>,
    write: (shown: Suggestion, body: B, actor: Actor) => Promise<Action>,
  ) =>
    api.add(
      {
        path: `/api/v1/suggestions/{id}/${step}`,
        method: "post",
        summary,
        params: one,
        body,
        answers: answer,
        handle: async ({ params, body: given }, _request, response) => {
          const { suggestion } = await find(params.id);
          const made = await write(suggestion, given, { by: actorOf(response, given.by), at: new Date() });
          if (given.back) response.redirect(303, given.back);
          else response.json(made);
        },
      },
      ...parse,
    );
  decide(
    "accept",
    "The suggestion becomes an action with owner and due day.",
    bodies.accept,
    async (shown, body, actor) =>
      accept(state, shown, { owner: body.owner, due: body.due, baseWeek: await baseWeek(shown) }, actor),
  );
  decide("reject", "Not now, with the reason.", bodies.reject, (shown, body, actor) =>
    reject(state, shown, body.reason, actor),
  );
  decide("edit", "Another wording, owner or due day.", bodies.edit, (shown, { text, owner, due }, actor) =>
    edit(state, shown, { text, owner, due }, actor),
  );
  decide("done", "The action was carried out.", bodies.done, (shown, _body, actor) =>
    done(state, shown.id, "person", actor),
  );

  /** As the generation has it, else as it was when it was decided on. @throws UserError for an unknown id. */
  async function find(id: string): Promise<{ suggestion: Suggestion; action: Action | null }> {
    const action = (await decidedActions(state)).find((other) => other.id === id) ?? null;
    const suggestion =
      action?.suggestion ?? (await site.source.read((generation) => generation.suggestion(id)));
    if (suggestion && maySeeGroup(suggestion.groupId)) return { suggestion, action };
    throw new UserError({ zh: `没有这条建议：${id}`, en: `There is no such suggestion: ${id}` });
  }

  /** What is accepted late is measured from the newest complete week, not from the week it was first found in. */
  async function baseWeek(shown: Suggestion): Promise<string> {
    const last = await site.source.read((generation) => generation.lastWeek());
    return last && last > shown.week ? last : shown.week;
  }
}

/** The signed-in user where there are users, else the name given, else this machine. */
function actorOf(response: Response, named: string | undefined): string {
  const user: unknown = (response.locals as { user?: { name?: unknown } }).user?.name;
  return typeof user === "string" ? user : (named ?? "local");
}
