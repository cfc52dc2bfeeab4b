import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { diskError } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import type { State } from "../state/state.ts";
import { addUser, knows, listUsers, type Role, removeUser, setPassword } from "../state/users.ts";
import { type Context, openHere, print, say } from "./context.ts";

interface AddFlags {
  role: Role;
  group?: string[];
  passwordStdin?: boolean;
}

/** Adds somebody who may look at the pages. Without a password on stdin one is generated and shown this once. */
export async function addUserCommand(context: Context, name: string, flags: AddFlags): Promise<void> {
  const { state } = await openHere(context);
  const { given, password } = passwordOf(flags);
  const user = { name, role: flags.role, groups: flags.group ?? [] };
  let failure: unknown;
  try {
    await addUser(state, user, password, context.effects.now());
  } catch (error) {
    // A disk may fail once the user is written: then the password that nobody else knows is told all the same.
    if (given !== null || !(await isAdded(state, name, password))) throw error;
    failure = error;
  }
  print(context, { ...user, ...(given === null ? { password } : {}) }, () =>
    [
      say(context, { zh: `已添加用户 ${name}（${flags.role}）`, en: `Added ${name} (${flags.role})` }),
      ...(given === null ? [shownOnce(context, password)] : []),
    ].join("\n"),
  );
  if (failure !== undefined) throw afterwards(failure, name);
}

/** What stands on stdin, where it is asked for; else one is made. */
function passwordOf({ passwordStdin }: Pick<AddFlags, "passwordStdin">) {
  const given = passwordStdin ? readFileSync(0, "utf8").replace(/\r?\n$/, "") : null;
  return { given, password: given ?? randomBytes(12).toString("base64url") };
}

function shownOnce(context: Context, password: string): string {
  return say(context, {
    zh: `密码：${password}（只显示这一次）`,
    en: `Password: ${password} (shown this once)`,
  });
}

async function isAdded(state: State, name: string, password: string): Promise<boolean> {
  try {
    return await knows(state, name, password);
  } catch {
    return false;
  }
}

function afterwards(failure: unknown, name: string): Error {
  const said = failure instanceof UserError ? failure : diskError(failure);
  if (!said) return failure instanceof Error ? failure : new Error(String(failure));
  return new UserError(said.text, {
    hint: {
      zh: `用户 ${name} 已经添加，密码就是上面打印的，不用再添加。处理好磁盘后，请用 fupan verify 核对。`,
      en: `${name} was added all the same, with the password above: do not add them again. Mend the disk, then run fupan verify.`,
    },
    cause: failure,
  });
}

/** For whoever lost theirs: another password, and every session of that name ends. */
export async function setPasswordCommand(
  context: Context,
  name: string,
  flags: Pick<AddFlags, "passwordStdin">,
): Promise<void> {
  const { state } = await openHere(context);
  const { given, password } = passwordOf(flags);
  await setPassword(state, name, password, context.effects.now());
  print(context, { name, ...(given === null ? { password } : {}) }, () =>
    [
      say(context, {
        zh: `已改 ${name} 的密码，原来的登录都已结束`,
        en: `${name} has another password, and every sign-in of theirs has ended`,
      }),
      ...(given === null ? [shownOnce(context, password)] : []),
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
