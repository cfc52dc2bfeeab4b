import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { addUser, listUsers, type Role, removeUser } from "../state/users.ts";
import { type Context, openHere, print, say } from "./context.ts";

interface AddFlags {
  role: Role;
  group?: string[];
  passwordStdin?: boolean;
}

/** Adds somebody who may look at the pages. Without a password on stdin one is generated and shown this once. */
export async function addUserCommand(context: Context, name: string, flags: AddFlags): Promise<void> {
  const { state } = await openHere(context);
  const given = flags.passwordStdin ? readFileSync(0, "utf8").replace(/\r?\n$/, "") : null;
  const password = given ?? randomBytes(12).toString("base64url");
  const user = { name, role: flags.role, groups: flags.group ?? [] };
  await addUser(state, user, password, context.effects.now());
  print(context, { ...user, ...(given === null ? { password } : {}) }, () =>
    [
      say(context, { zh: `已添加用户 ${name}（${flags.role}）`, en: `Added ${name} (${flags.role})` }),
      ...(given === null
        ? [
            say(context, {
              zh: `密码：${password}（只显示这一次）`,
              en: `Password: ${password} (shown this once)`,
            }),
          ]
        : []),
    ].join("\n"),
  );
}

export async function listUsersCommand(context: Context): Promise<void> {
  const { state } = await openHere(context);
  const users = await listUsers(state);
  print(context, users, () =>
    users.length === 0
      ? say(context, {
          zh: "还没有用户，只能在本机打开。",
          en: "There are no users: only this machine may look.",
        })
      : users.map(({ name, role, groups }) => [name, role, ...groups].join("  ")).join("\n"),
  );
}

export async function removeUserCommand(context: Context, name: string): Promise<void> {
  const { state } = await openHere(context);
  await removeUser(state, name, context.effects.now());
  print(context, { removed: name }, () => say(context, { zh: `已移除用户 ${name}`, en: `Removed ${name}` }));
}
