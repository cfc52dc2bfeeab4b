import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Generation, ReviewSource } from "../../src/review/source.ts";
import type { Review } from "../../src/review/types.ts";
import { mayAsk, runAs } from "../../src/server/auth/access.ts";
import { scopedSource } from "../../src/server/auth/scoped-source.ts";
import type { ImportDesk } from "../../src/server/imports/desk.ts";
import type { User } from "../../src/state/users.ts";
import { cookiesOf, PEOPLE, type Served, serveSmall, serveWhole } from "./served.ts";

const leader: User = { name: "l", role: "leader", groups: ["g1"] };

describe("what is offered to whom", () => {
  let served: Served;
  let app: Express;
  let close: () => void;
  let cookies: Map<string, string>;
  const get = (who: string, path: string) =>
    request(app)
      .get(path)
      .set("Cookie", cookies.get(who) ?? "");
  beforeAll(async () => {
    served = await serveSmall();
    ({ app, close } = await serveWhole(served, {} as ImportDesk));
    cookies = await cookiesOf(app, served.community.state);
  });
  afterAll(() => {
    close();
    served.close();
  });

  it.each(["leader1", "viewer", "operator"])(
    "whoever signed in may sign out on every page: %s",
    async (name) => {
      for (const path of ["/", "/segments", "/imports"])
        expect((await get(name, path)).text).toContain(
          '<form class="sign-out" method="post" action="/logout">',
        );
      expect((await get("nobody", "/login")).text).not.toContain("/logout");
    },
  );

  it("only whoever may have the list in full is told of it", async () => {
    for (const path of ["/", "/segments"]) {
      expect((await get("operator", path)).text).toContain("完整名单在 CSV 里");
      expect((await get("viewer", path)).text).not.toContain("完整名单");
    }
  });

  it.each(["leader1", "viewer", "operator"])("no page offers %s what would be refused", async (name) => {
    const user = PEOPLE.find((one) => one.name === name) as User;
    const refused: string[] = [];
    let offers = 0;
    for (const path of ["/", "/segments", "/sop", "/campaigns", "/explore", "/definitions"]) {
      const { status, text } = await get(name, path);
      expect([path, status]).toEqual([path, 200]);
      for (const [, kind, to = ""] of text.matchAll(/<(a|form)[^>]*? (?:href|action)="(\/[^"?#]*)/g)) {
        const method =
          kind === "form" && /\/accept|\/done|^\/campaigns$|^\/look|^\/logout|^\/account\//.test(to)
            ? "POST"
            : "GET";
        offers += 1;
        if (!mayAsk(user, method, to)) refused.push(`${path}: ${method} ${to}`);
      }
    }
    expect(refused).toEqual([]);
    expect(offers).toBeGreaterThan(20);
    // It would bite: an operator is offered the pages that the others are not.
    expect((await get(name, "/")).text.includes('href="/settings"')).toBe(name === "operator");
  });

  it("a page that is not for a role says so in words, inside the site", async () => {
    const { status, text } = await get("leader1", "/settings");
    expect([status, text]).toEqual([403, expect.stringContaining("这一页不对你的角色开放")]);
    expect(text).toContain("<nav");
    const { status: api, body } = await get("viewer", "/api/v1/imports");
    expect([api, body.error.zh]).toEqual([403, "这一页不对你的角色开放"]);
  });

  it("a leader's lists name the own group, not where else a member is", async () => {
    const row = { person_id: "p", name: "甲", groups: ["一群", "二群"], why: "lapsed_buyer" };
    const dormant = { total: 1, why: {}, rows: [{ ...row, personId: "p" }] };
    const generation: Partial<Generation> = {
      groups: async () => [
        { id: "g1", name: "一群", members: 9 },
        { id: "g2", name: "二群", members: 9 },
      ],
      takesGroup: () => true,
      query: async () => [row],
      review: async () => ({ groups: [], groupChoices: [], kpis: [], dormant }) as unknown as Review,
    };
    const source = {
      currentId: () => "x",
      read: (use: (one: Generation) => unknown) => use(generation as Generation),
    } as unknown as ReviewSource;
    const asked = await new Promise<unknown[]>((resolve, reject) =>
      runAs(leader, () => {
        const made = scopedSource(source).read(async (one) => [
          (await one.query("segment_list", { group_id: "g1" }))[0]?.["groups"],
          (await one.review({})).dormant.rows[0]?.groups,
        ]);
        Promise.resolve(made).then((value) => resolve(value as unknown[]), reject);
      }),
    );
    expect(asked).toEqual([["一群"], ["一群"]]);
  });
});
