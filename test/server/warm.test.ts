import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import type { Generation, ReviewSource } from "../../src/review/source.ts";
import { keepWarm } from "../../src/server/warm.ts";

/** A machine that builds beside this may be late. */
const LONG = { timeout: 20_000 };
/** As a review lists them: the newest first, which is not over. */
const WEEKS = [6, 5, 4, 3, 2, 1].map((n) => ({ week: `2026-W0${n}`, complete: n < 6 }));

let end = () => {};
afterEach(() => end());

/** A server of pages and a source of reviews; `at` is what is published now, reviews of `trouble` fail. */
async function site(
  at: { id: string | null; trouble?: string },
  onReview = (_week?: string) => {},
  slow?: number,
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${at.id} ${request.url} ${request.headers.cookie}`);
    response.end("page");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const reviewed: string[] = [];
  const generation = {
    review: async ({ week, focus }: { week?: string; focus: null }) => {
      expect(focus).toBeNull();
      reviewed.push(`${at.id} ${week ?? "newest"}`);
      if (at.id === at.trouble) throw new Error("busy");
      onReview(week);
      return { weeks: WEEKS };
    },
  } as unknown as Generation;
  const source: ReviewSource = { currentId: () => at.id, read: (use) => use(generation) };
  const stop = keepWarm(source, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 10, slow);
  end = () => {
    stop();
    server.close();
  };
  return { asked, reviewed };
}

const pages = (id: string) => [
  `${id} / lang=zh`,
  `${id} / lang=en`,
  ...[4, 3, 2].map((n) => `${id} /?week=2026-W0${n} lang=zh`),
];

test("each generation is made once: the newest week in both languages, then three before it; trouble ends nothing", async () => {
  const at: { id: string | null; trouble: string } = { id: null, trouble: "g2" };
  const { asked, reviewed } = await site(at);
  await new Promise((later) => setTimeout(later, 50));
  expect([reviewed, asked]).toEqual([[], []]);
  at.id = "g1";
  await vi.waitFor(() => expect(asked).toEqual(pages("g1")), LONG);
  expect(reviewed).toEqual(["g1 newest", ...[4, 3, 2].map((n) => `g1 2026-W0${n}`)]);
  at.id = "g2";
  await vi.waitFor(() => expect(reviewed).toContain("g2 newest"), LONG);
  at.id = "g3";
  await vi.waitFor(() => expect(asked.slice(5)).toEqual(pages("g3")), LONG);
  await new Promise((later) => setTimeout(later, 50));
  expect(asked).toEqual([...pages("g1"), ...pages("g3")]);
});

test("earlier weeks of a generation that another has replaced are left alone", async () => {
  const at = { id: "g1" };
  const { asked } = await site(at, (week) => {
    if (week === "2026-W04") at.id = "g2";
  });
  await vi.waitFor(() => expect(asked.slice(-5)).toEqual(pages("g2")), LONG);
  expect(asked.filter((one) => one.startsWith("g1"))).toEqual(pages("g1").slice(0, 2));
});

test("weeks that take long are made ahead for a quarter", async () => {
  const at = { id: "g1" };
  const { asked } = await site(at, () => {}, 0);
  const all = [...pages("g1"), "g1 /?week=2026-W01 lang=zh"];
  await vi.waitFor(() => expect(asked).toEqual(all), LONG);
});
