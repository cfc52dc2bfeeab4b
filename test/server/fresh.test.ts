import { describe, expect, it } from "vitest";
import { FreshAnswers } from "../../src/server/fresh.ts";

/** Answers with a clock of their own; each making waits until it is let go. */
function scene() {
  let time = 0;
  let made = 0;
  const held: ((fails?: boolean) => void)[] = [];
  const answers = new FreshAnswers<string>(10, undefined, () => time);
  const get = (revision: string) =>
    answers.get("/", revision, () => {
      const nth = ++made;
      return new Promise<string>((resolve, reject) => {
        held.push((fails = false) => (fails ? reject(new Error("no")) : resolve(`answer ${nth}`)));
      });
    });
  return { get, held, made: () => made, pass: (ms: number) => (time += ms) };
}

const settled = () => new Promise((next) => setImmediate(next));

describe("answers beside changes from elsewhere", () => {
  it("the first readers wait for one making and share it", async () => {
    const { get, held, made } = scene();
    const all = [get("1"), get("1"), get("1")];
    await settled();
    held[0]?.();
    expect((await Promise.all(all)).map(({ value }) => value)).toEqual(["answer 1", "answer 1", "answer 1"]);
    expect(made()).toBe(1);
  });

  it("after a change nobody waits, one new answer is made, and then it is given", async () => {
    const { get, held, made, pass } = scene();
    const first = get("1");
    await settled();
    held[0]?.();
    await first;
    pass(1000);
    expect(await Promise.all([get("2"), get("2")])).toMatchObject([
      { value: "answer 1", revision: "1" },
      { value: "answer 1", revision: "1" },
    ]);
    expect(made()).toBe(2);
    held[1]?.();
    await settled();
    expect(await get("2")).toMatchObject({ value: "answer 2", revision: "2" });
    expect(made()).toBe(2);
  });

  it("an answer that nobody used for three seconds is waited for", async () => {
    const { get, held, pass } = scene();
    const first = get("1");
    await settled();
    held[0]?.();
    await first;
    pass(3000);
    const second = get("2");
    await settled();
    held[1]?.();
    expect(await second).toMatchObject({ value: "answer 2", revision: "2" });
  });

  it("a failed renewal is tried again by the next reader", async () => {
    const { get, held, made } = scene();
    const first = get("1");
    await settled();
    held[0]?.();
    await first;
    await get("2");
    held[1]?.(true);
    await settled();
    expect(await get("2")).toMatchObject({ value: "answer 1" });
    expect(made()).toBe(3);
  });
});
