import { createHash, randomBytes } from "node:crypto";
import { UserError } from "../kit/errors.ts";
import type { Database } from "../warehouse/database.ts";
import { type AuditEntry, appendAudit } from "./audit.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import type { State } from "./state.ts";

export const ROLES = ["admin", "operator", "leader", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Who may look. A leader sees the groups named, the others all. */
export interface User {
  name: string;
  role: Role;
  groups: string[];
}

export const SESSION_SECONDS = 7 * 86_400;

/**
 * Adds a user and the line of the audit that says by whom, both or neither.
 * @throws UserError for a taken name, a short password, or a leader without groups.
 */
export async function addUser(
  state: State,
  user: User,
  password: string,
  now: Date,
  by = "local",
): Promise<void> {
  assertLong(password);
  if (user.role === "leader" && user.groups.length === 0) {
    throw new UserError(
      { zh: "团长要指定负责的群", en: "A leader needs groups" },
      { hint: { zh: "加 --group 群编号，可以写多个。", en: "Add --group ID, more than once for several." } },
    );
  }
  const hash = await hashPassword(password);
  await state.write(async (database) => {
    if (await row(database, user.name)) {
      throw new UserError(
        { zh: `已经有用户 ${user.name}`, en: `There is a user ${user.name} already` },
        {
          hint: {
            zh: `密码忘了的话：fupan user password ${user.name}。`,
            en: `If the password is lost, run fupan user password ${user.name}.`,
          },
        },
      );
    }
    await database.run(
      `insert into users values ($name, $role, from_json($groups::json, '["varchar"]'), $hash, $at::timestamp)`,
      { name: user.name, role: user.role, groups: JSON.stringify(user.groups), hash, at: utc(now) },
    );
    await appendAudit(database, entryOf(by, now, "user added", user));
  });
}

export async function listUsers(state: State): Promise<User[]> {
  const rows = await state.read((database) =>
    database.all("select name, role, groups from users order by name"),
  );
  return rows.map(toUser);
}

/** Removes a user and ends their sessions, with a line of the audit. @throws UserError when there is none. */
export async function removeUser(state: State, name: string, now: Date, by = "local"): Promise<void> {
  await state.write(async (database) => {
    if (!(await row(database, name))) {
      throw new UserError({ zh: `没有用户 ${name}`, en: `There is no user ${name}` });
    }
    await database.run("delete from users where name = $name", { name });
    await database.run("delete from sessions where name = $name", { name });
    await appendAudit(database, entryOf(by, now, "user removed", { name }));
  });
}

/** Whether this is somebody's password; a wrong one and a name that nobody has take the same time. */
export async function knows(state: State, name: string, password: string): Promise<boolean> {
  const found = await state.read((database) => row(database, name));
  return isPassword(password, found ? String(found["password"]) : null);
}

function assertLong(password: string): void {
  if (password.length >= 10) return;
  throw new UserError(
    { zh: "密码至少 10 个字符", en: "A password has 10 characters or more" },
    { hint: { zh: "不给密码会自动生成一个。", en: "Without one, one is generated." } },
  );
}

/**
 * Another password, and an end to every session of that name: whoever knew the old one is out. With a line of the audit.
 * @throws UserError when there is no such user, or for a short password.
 */
export async function setPassword(
  state: State,
  name: string,
  password: string,
  now: Date,
  by = "local",
): Promise<void> {
  assertLong(password);
  const hash = await hashPassword(password);
  await state.write(async (database) => {
    if (!(await row(database, name)))
      throw new UserError({ zh: `没有用户 ${name}`, en: `There is no user ${name}` });
    await database.run("update users set password = $hash where name = $name", { hash, name });
    await database.run("delete from sessions where name = $name", { name });
    await appendAudit(database, entryOf(by, now, "password changed", { name }));
  });
}

/** Signs somebody out wherever else they are signed in, with a line of the audit. @param token of the session that stays. */
export async function endOtherSessions(state: State, name: string, token: string, now: Date): Promise<void> {
  await state.write(async (database) => {
    await database.run("delete from sessions where name = $name and token <> $hash", {
      name,
      hash: hashOf(token),
    });
    await appendAudit(database, entryOf(name, now, "sessions ended", { name }));
  });
}

/** @returns a new session's token. Only its hash is stored. */
export async function openSession(state: State, name: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await state.write(async (database) => {
    await database.run("delete from sessions where expires_at < $now::timestamp", { now: utc(now) });
    await database.run("insert into sessions values ($hash, $name, $expires::timestamp)", {
      hash: hashOf(token),
      name,
      expires: utc(new Date(now.getTime() + SESSION_SECONDS * 1000)),
    });
  });
  return token;
}

export async function signOut(state: State, token: string): Promise<void> {
  await state.write((database) =>
    database.run("delete from sessions where token = $hash", { hash: hashOf(token) }),
  );
}

/** Null when the session ended or its user was removed. */
export async function userOf(state: State, token: string, now: Date): Promise<User | null> {
  const [found] = await state.read((database) =>
    database.all(
      `select users.name, users.role, users.groups from sessions join users using (name)
       where sessions.token = $hash and sessions.expires_at > $now::timestamp`,
      { hash: hashOf(token), now: utc(now) },
    ),
  );
  return found ? toUser(found) : null;
}

function entryOf(who: string, now: Date, action: string, what: object): AuditEntry {
  return { at: now.toISOString(), who, action, detail: JSON.stringify(what) };
}

async function row(database: Database, name: string) {
  const [found] = await database.all("select * from users where name = $name", { name });
  return found;
}

function toUser(found: Record<string, unknown>): User {
  const role = ROLES.find((one) => one === found["role"]);
  if (!role) throw new Error("a user without a known role");
  return { name: String(found["name"]), role, groups: (found["groups"] as string[] | null) ?? [] };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function utc(date: Date): string {
  return date.toISOString().replace("Z", "");
}
