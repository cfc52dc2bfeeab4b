import express, { type Response } from "express";
import { z } from "zod";
import { UserError } from "../../kit/errors.ts";
import { decideIdentity, undoIdentity } from "../../state/identity.ts";
import type { State } from "../../state/state.ts";
import type { ImportDesk } from "../imports/desk.ts";
import { pairsOf } from "../people.ts";
import type { Site } from "../site.ts";
import { isKnown } from "./answer.ts";
import type { Api } from "./registry.ts";

const one = z.strictObject({ id: z.string().regex(/^[0-9a-f]{10}$/, "the id of an identity suggestion") });
/** A form also says where it wants to go back to. */
const back = z
  .string()
  .regex(/^\/(?!\/)/, "a path of this site")
  .max(500)
  .optional();
const body = z.strictObject({ back });
const several = z.strictObject({
  ids: z
    .string()
    .regex(/^[0-9a-f]{10}(?:,[0-9a-f]{10}){0,99}$/, "ids of identity suggestions, joined by commas"),
  back,
});
const pair = z.looseObject({
  id: z.string(),
  kind: z.string(),
  status: z.enum(["pending", "accepted", "rejected"]),
});

const STEPS = {
  accept: "The two are one person; the numbers follow with the next build.",
  reject: "The two are not one person.",
  undo: "Takes the decision on the pair back.",
} as const;

/** JSON, or a form's post. */
const bodies = [express.json({ limit: "4kb" }), express.urlencoded({ extended: false, limit: "4kb" })];

/** Who is who: suggestions, and the operator's decisions on them. Keys never leave; JSON, or a form's post. */
export function identityRoutes(api: Api, site: Site, state: State, desk?: ImportDesk): void {
  api.add({
    path: "/api/v1/identity",
    summary: "Pairs that may be one person, those with the most money first, with what was decided.",
    answers: z.object({ generation: z.string(), pairs: z.array(pair) }),
    handle: async (_given, request, response) => {
      if (isKnown(request, response, site.version().all)) return;
      const made = await site.source.read(async (generation) => ({
        generation: generation.id,
        pairs: (await pairsOf(generation, state)).map((found) => found.pair),
      }));
      if (made) response.json(made);
      else response.status(404).json({ error: "nothing built yet" });
    },
  });
  api.add(
    {
      path: "/api/v1/identity/accept",
      method: "post",
      summary: "Each of the pairs is one person; all of them or, where one is unknown, none.",
      body: several,
      answers: z.object({ accepted: z.number() }),
      handle: async ({ body: given }, _request, response) => {
        const found = await findAll([...new Set(given.ids.split(","))]);
        const keys = found.map((one) => one.keys);
        await decideIdentity(state, keys, "accept", { who: actorOf(response), at: new Date() });
        if (given.back) response.redirect(303, given.back);
        else response.json({ accepted: found.length });
      },
    },
    ...bodies,
  );
  if (desk)
    api.add(
      {
        path: "/api/v1/identity/recount",
        method: "post",
        summary: "Computes everything anew, with what was decided; answers when that is done.",
        body,
        answers: z.object({ generation: z.string() }),
        handle: async ({ body: given }, _request, response) => {
          const events = await desk.recount();
          const done = events.find(({ type }) => type === "done");
          if (!done) response.status(409).json(events.find(({ type }) => type === "error") ?? {});
          else if (given.back) response.redirect(303, given.back);
          else response.json({ generation: done["generation"] });
        },
      },
      ...bodies,
    );
  for (const [step, summary] of Object.entries(STEPS))
    api.add(
      {
        path: `/api/v1/identity/{id}/${step}`,
        method: "post",
        summary,
        params: one,
        body,
        answers: pair,
        handle: async ({ params, body: given }, _request, response) => {
          const { keys } = await find(params.id);
          const by = { who: actorOf(response), at: new Date() };
          if (step !== "undo") await decideIdentity(state, [keys], step as "accept" | "reject", by);
          else if (!(await undoIdentity(state, keys, by)))
            throw new UserError({ zh: "没有可以撤销的决定", en: "There is no decision to take back" });
          if (given.back) response.redirect(303, given.back);
          else response.json((await find(params.id)).pair);
        },
      },
      ...bodies,
    );

  async function find(id: string) {
    const [found] = await findAll([id]);
    return found as NonNullable<typeof found>;
  }

  /** @throws UserError for an id that no suggestion has. */
  async function findAll(ids: readonly string[]) {
    const pairs = (await site.source.read((generation) => pairsOf(generation, state))) ?? [];
    return ids.map((id) => {
      const found = pairs.find((other) => other.pair.id === id);
      if (found) return found;
      throw new UserError({ zh: `没有这条身份建议：${id}`, en: `There is no identity suggestion ${id}` });
    });
  }
}

function actorOf(response: Response): string {
  const user: unknown = (response.locals as { user?: { name?: unknown } }).user?.name;
  return typeof user === "string" ? user : "local";
}
