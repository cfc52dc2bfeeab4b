import { expect, test } from "vitest";
import { download } from "../../src/server/answer.ts";
import { NAUGHTY } from "../support/naughty.ts";

const header = (title: string) => download(title, "text", "").headers?.["Content-Disposition"] ?? "";

test("a title becomes the name of a file and nothing else", () => {
  expect(header("2026-W47.csv")).toBe('attachment; filename="2026-W47.csv"');
  expect(header("唤醒 (二).csv")).toBe(
    "attachment; filename=\"__ (_).csv\"; filename*=UTF-8''%E5%94%A4%E9%86%92%20%28%E4%BA%8C%29.csv",
  );
  expect(header("../../etc/passwd")).toBe('attachment; filename="_.._etc_passwd"');
});

test.each([...NAUGHTY, "a\r\nSet-Cookie: a=1", 'x"; filename="y.exe', "半\ud800个", "C:\\x\\y.exe", "'*()"])(
  "%j is one header of plain letters, without a path",
  (title) => {
    const value = header(`${title}.csv`);
    expect(value).toMatch(
      /^attachment; filename="[\x20\x21\x23-\x2e\x30-\x5b\x5d-\x7e]+"(; filename\*=UTF-8''[\w.!~%-]+)?$/,
    );
    expect(value).not.toMatch(/%2f|%5c|%0[ad]/i);
  },
);
