import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { State } from "../../src/state/state.ts";
import { knows } from "../../src/state/users.ts";
import { Shell } from "./cli.ts";

const shell = new Shell();
afterAll(() => shell.remove());

it("whoever lost a password gets another one, shown once, and nobody else can be given one", async () => {
  shell.fupan("init", "ws");
  const add = shell.json<{ password: string }>(
    "user",
    "add",
    "vera",
    "--role",
    "viewer",
    "--workspace",
    "ws",
  );
  const { password } = shell.json<{ password: string }>("user", "password", "vera", "--workspace", "ws");
  const state = new State(join(shell.root, "ws", "state.duckdb"));
  expect([await knows(state, "vera", add.password), await knows(state, "vera", password)]).toEqual([
    false,
    true,
  ]);
  const { code, log } = shell.fupan("user", "password", "nobody", "--workspace", "ws", "--lang", "en");
  expect([code, log]).toEqual([1, expect.stringContaining("There is no user nobody")]);
});
