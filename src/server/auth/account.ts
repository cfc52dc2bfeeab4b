import express, { type Express, type Request, type Response } from "express";
import { z } from "zod";
import { UserError } from "../../kit/errors.ts";
import type { State } from "../../state/state.ts";
import { endOtherSessions, openSession, SESSION_SECONDS, setPassword, type User } from "../../state/users.ts";
import { NOT_KEPT } from "../guards.ts";
import { t } from "../i18n.ts";
import { type AccountPage, accountPage } from "../page/account.ts";
import { lookOf, pageQuery } from "../request.ts";
import type { Site } from "../site.ts";
import { currentUser } from "./access.ts";
import { setCookie, tokenOf } from "./cookies.ts";

/** Whether it is somebody's password; after too many wrong ones nothing is. */
export type Tried = "right" | "wrong" | "locked";

const change = z.strictObject({
  old: z.string().min(1).max(200),
  new: z.string().min(1).max(200),
  again: z.string().min(1).max(200),
});

/** What whoever signed in may do about it: another password, and an end to the sign-ins elsewhere. */
export function accountRoutes(
  app: Express,
  site: Site,
  state: State,
  tried: (request: Request, name: string, password: string) => Promise<Tried>,
): void {
  const page = (
    request: Request,
    response: Response,
    user: User,
    status: number,
    told: AccountPage["told"],
  ) => {
    const look = lookOf(request, pageQuery.catch(pageQuery.parse({})).parse(request.query), site.lang);
    const { body } = site.framed(
      look,
      { title: t(look.lang, "account"), path: "/account" },
      accountPage({ lang: look.lang, user, told }),
    );
    response.set("Cache-Control", NOT_KEPT).status(status).type("html").send(body);
  };
  app.get("/account", (request, response, next) => {
    const user = currentUser();
    return user ? page(request, response, user, 200, null) : next();
  });
  app.post(
    "/account/password",
    express.urlencoded({ extended: false, limit: "4kb" }),
    async (request, response, next) => {
      const user = currentUser();
      if (!user) return next();
      const said = change.parse(request.body);
      if (said.new !== said.again) return page(request, response, user, 400, "account_differ");
      // As when signing in: a session that was left open must not let anybody guess on.
      const is = await tried(request, user.name, said.old);
      if (is !== "right") return page(request, response, user, is === "locked" ? 429 : 400, `account_${is}`);
      try {
        await setPassword(state, user.name, said.new, new Date(), user.name);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return page(request, response, user, 400, "account_short");
      }
      setCookie(request, response, await openSession(state, user.name, new Date()), SESSION_SECONDS);
      return page(request, response, user, 200, "account_changed");
    },
  );
  app.post("/account/sessions", async (request, response, next) => {
    const [user, token] = [currentUser(), tokenOf(request)];
    if (!user || token === null) return next();
    await endOtherSessions(state, user.name, token, new Date());
    return page(request, response, user, 200, "account_ended");
  });
}
