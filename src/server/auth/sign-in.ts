import { createHash } from "node:crypto";
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from "express";
import { z } from "zod";
import { UserError } from "../../kit/errors.ts";
import { audit } from "../../state/audit.ts";
import type { State } from "../../state/state.ts";
import {
  knows,
  listUsers,
  openSession,
  SESSION_SECONDS,
  signOut,
  type User,
  userOf,
} from "../../state/users.ts";
import { changedAt } from "../decisions.ts";
import { BareError, isHere, NOT_KEPT } from "../guards.ts";
import { t } from "../i18n.ts";
import { signInPage } from "../page/sign-in.ts";
import { lookOf, pageQuery } from "../request.ts";
import type { Site } from "../site.ts";
import { auditedAs, mayAsk, runAs } from "./access.ts";
import { accountRoutes, type Tried } from "./account.ts";
import { Attempts, addressOf } from "./attempts.ts";
import { auditedFilter } from "./audited-filter.ts";
import { setCookie, tokenOf } from "./cookies.ts";
import { DEVICE, DEVICE_SECONDS, deviceFor, deviceOf } from "./device.ts";

/** Whoever sits at this machine, where nobody signs in. */
const LOCAL = "local";
const OPEN = /^\/(?:login|healthz)$/;
const KEPT_MS = 30_000;
const credentials = z.strictObject({
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
  back: z
    .string()
    .regex(/^\/(?!\/)[^\\\r\n]*$/)
    .max(500)
    .catch("/"),
});

/** What a role is not for; told like any other trouble, as a page or as data. */
class ForbiddenError extends UserError {
  readonly status = 403;

  constructor() {
    super(
      { zh: "这一页不对你的角色开放", en: "This page is not for your role" },
      { hint: { zh: "要看的话，请管理员换一个角色。", en: "Ask an administrator for another role." } },
    );
  }
}

/** Reads who is asking; without users everybody on this machine is let in. */
export class SignIn {
  readonly #state: State;
  readonly #attempts = new Attempts();
  /** Sessions looked up lately. Any change of the state file ends them, so that a removed user is out at once. */
  #kept = new Map<string, { user: User | null; at: number }>();
  #hasUsers: boolean | undefined;
  #secretKept: Promise<string> | undefined;
  #seen = -1;

  constructor(state: State) {
    this.#state = state;
  }

  /** Before every route but the site's own assets. */
  gate(): RequestHandler {
    return async (request, response, next) => {
      await this.#refresh();
      if (OPEN.test(request.path)) return runAs(null, next);
      if (!this.#hasUsers) {
        // The last user may have been removed while the network is being served.
        if (!isHere(request)) return refuse(request, response, next);
        this.#record(request, response, LOCAL);
        return runAs(null, next);
      }
      const token = tokenOf(request);
      const user = token === null ? null : await this.#userOf(token);
      if (!user) return refuse(request, response, next);
      if (!mayAsk(user, request.method, request.path)) {
        return runAs(user, () => next(new ForbiddenError()));
      }
      response.locals["user"] = user;
      this.#record(request, response, user.name);
      runAs(user, next);
    };
  }

  routes(app: Express, site: Site): void {
    const look = (request: Request) =>
      lookOf(request, pageQuery.catch(pageQuery.parse({})).parse(request.query), site.lang);
    const page = (
      request: Request,
      response: Response,
      status: number,
      back: string,
      problem: "wrong" | "locked" | null,
      name = "",
    ) => {
      const { body } = site.framed(
        look(request),
        {
          title: t(look(request).lang, "sign_in"),
          path: back === "/" ? "/login" : `/login?${new URLSearchParams({ back }).toString()}`,
          isBare: true,
        },
        signInPage({ lang: look(request).lang, back, problem, name }),
      );
      response.status(status).type("html").send(body);
    };
    app.get("/login", (request, response) => {
      const back = credentials.shape.back.parse(request.query["back"]);
      page(request, response, 200, back, null);
    });
    app.post("/login", express.urlencoded({ extended: false, limit: "4kb" }), async (request, response) => {
      const { name, password, back } = credentials.parse(request.body);
      const is = await this.#tried(request, name, password);
      if (is !== "right") return page(request, response, is === "locked" ? 429 : 401, back, is, name);
      const token = await openSession(this.#state, name, new Date());
      setCookie(request, response, token, SESSION_SECONDS);
      const device = deviceFor(await this.#secret(), name);
      setCookie(request, response, device, DEVICE_SECONDS, { name: DEVICE, path: "/login" });
      response.redirect(303, back);
    });
    app.post("/logout", async (request, response) => {
      const token = tokenOf(request);
      if (token !== null) await signOut(this.#state, token);
      setCookie(request, response, "", 0);
      response.redirect(303, "/login");
    });
    accountRoutes(app, site, this.#state, (...one) => this.#tried(...one));
  }

  /** Counts every try that does not succeed. */
  async #tried(request: Request, name: string, password: string): Promise<Tried> {
    const mark = await this.#markOf(request, await this.#secret(), name);
    const attempt = { name, address: addressOf(request.ip), mark };
    const began = Date.now();
    if (!this.#attempts.begin(attempt, began)) return "locked";
    if (!(await knows(this.#state, name, password))) return "wrong";
    this.#attempts.succeed(attempt, began);
    return "right";
  }

  /**
   * What tells of people is written down before it leaves: who, which, with which filter, never what was searched for.
   * An answer that can't be written down does not leave.
   */
  #record(request: Request, response: Response, who: string): void {
    if (request.method !== "GET") return;
    const end = response.end.bind(response) as (...rest: unknown[]) => Response;
    response.end = (...rest: unknown[]) => {
      const { path } = (request.route ?? {}) as { path?: unknown };
      const action = response.statusCode === 200 && typeof path === "string" ? auditedAs(path) : null;
      // Without users names stay masked on pages, so there is no view to write down.
      if (action === null || (action === "names" && who === LOCAL)) return end(...rest);
      // A kept list would be looked at again without a line here.
      if (!response.headersSent) response.setHeader("Cache-Control", NOT_KEPT);
      const sent = response.locals["plain"] ?? rest[0];
      const sha256 = typeof sent === "string" || Buffer.isBuffer(sent) ? hashOf(sent) : null;
      const detail = JSON.stringify({
        path: request.path,
        ...auditedFilter(String(path), request.query),
        sha256,
      });
      audit(this.#state, { at: new Date().toISOString(), who, action, detail }).then(
        () => end(...rest),
        (error: unknown) => withhold(response, end, error),
      );
      return response;
    };
  }

  async #refresh(): Promise<void> {
    const changed = changedAt(this.#state.path);
    if (changed === this.#seen) return;
    this.#hasUsers = (await listUsers(this.#state)).length > 0;
    this.#kept = new Map();
    this.#secretKept = undefined;
    this.#seen = changed;
  }

  /** Read once: a try that is refused must cost nothing. */
  #secret(): Promise<string> {
    this.#secretKept ??= this.#state.secret().catch((error: unknown) => {
      this.#secretKept = undefined;
      throw error;
    });
    return this.#secretKept;
  }

  /** By what of this browser the name is known: where it signed in before, or a session that still holds. */
  async #markOf(request: Request, secret: string, name: string): Promise<string | null> {
    const device = deviceOf(secret, name, request.headers.cookie);
    if (device !== null) return `device ${device}`;
    const token = tokenOf(request);
    const user = token === null ? null : await this.#userOf(token);
    return token !== null && user?.name === name ? `session ${hashOf(token)}` : null;
  }

  async #userOf(token: string): Promise<User | null> {
    const kept = this.#kept.get(token);
    if (kept && Date.now() - kept.at < KEPT_MS) return kept.user;
    const user = await userOf(this.#state, token, new Date());
    if (user) this.#kept.set(token, { user, at: Date.now() });
    return user;
  }
}

function refuse(request: Request, response: Response, next: NextFunction): void {
  if (!request.path.startsWith("/api/") && request.method === "GET")
    return void response.redirect(303, `/login?back=${encodeURIComponent(request.originalUrl)}`);
  next(
    new BareError(
      401,
      { zh: "没有登录，或登录已过期", en: "You are not signed in, or no longer" },
      {
        zh: "请在新标签页里登录，再回到这一页重试；填过的内容用浏览器的“后退”找回。",
        en: "Sign in on a new tab, then come back and try again; what you filled in is there if you go back in the browser.",
      },
    ),
  );
}

function hashOf(file: string | Buffer): string {
  return createHash("sha256").update(file).digest("hex");
}

/** Nothing was sent yet: pages and files are made whole before they leave. */
function withhold(response: Response, end: (...rest: unknown[]) => Response, error: unknown): void {
  if (response.headersSent) return void response.destroy(error instanceof Error ? error : undefined);
  for (const name of ["Content-Length", "Content-Encoding", "Content-Disposition", "ETag"])
    response.removeHeader(name);
  response.status(503).set("Cache-Control", NOT_KEPT).type("text");
  end(
    "审计记录写不进去，文件没有给出。请稍后再试。\nThe audit cannot be written, so nothing was handed out. Try again.\n",
  );
}
