import { AsyncLocalStorage } from "node:async_hooks";
import type { User } from "../../state/users.ts";

const current = new AsyncLocalStorage<User | null>();

/** Runs a request as somebody; null where the workspace has no users and only this machine can look. */
export function runAs(user: User | null, work: () => void): void {
  current.run(user, work);
}

export function currentUser(): User | null {
  return current.getStore() ?? null;
}

/** Whether the request may see a group; '*' are all of them. */
export function maySeeGroup(groupId: string): boolean {
  const user = currentUser();
  return user?.role !== "leader" || user.groups.includes(groupId);
}

/** Part of every cache key: two people who may see different things never share an answer. */
export function scopeKey(): string {
  const user = currentUser();
  if (!user) return "all";
  return user.role === "leader"
    ? `leader ${JSON.stringify([...user.groups].sort((a, b) => (a < b ? -1 : 1)))}`
    : user.role;
}

const PAGES =
  /^\/(?:$|groups\/[^/]+$|segments$|sop(?:\.ics|\/suggestions\/[0-9a-f]{10}|\/templates\/[a-z-]+\.xlsx)?$|campaigns(?:\/[0-9a-f]{10})?$|explore(?:$|\/)|definitions$|account$|logout$|frag\/|charts?\/)/;
/** Everybody's own: how pages look, the password, the sign-ins. */
const OWN = /^\/(?:logout|look|account\/(?:password|sessions))$/;
const DATA =
  /^\/api\/v1\/(?:review|kpis|series|explain|queries\/[a-z_]+|suggestions(?:\/[0-9a-f]{10})?|openapi\.json)$/;
const LISTS = /^\/(?:lists\/[a-z]+\.csv|api\/v1\/segments\/[a-z_]+)$/;
const DECISIONS = /^\/api\/v1\/suggestions\/[0-9a-f]{10}\/(?:accept|reject|edit|done)$/;

/** Files that leave: lists of people, rejected rows as they were, reports of a week. */
const EXPORTS =
  /^\/(?:lists\/|campaigns\/:\w+\.csv|api\/v1\/segments\/|api\/v1\/imports\/:\w+\/rejects$|reports?[./])/;
/** Where whoever signed in sees names in full. */
const NAMES = /^\/(?:people|api\/v1\/identity)$/;

/**
 * What the audit calls an answer that tells of people; null for the others.
 * @param route as the application knows it, "/lists/:segment.csv": an address may be spelled in many ways.
 */
export function auditedAs(route: string): "export" | "names" | null {
  if (EXPORTS.test(route)) return "export";
  return NAMES.test(route) ? "names" : null;
}

/**
 * What a role may ask for at all; which rows it gets is decided where they are read. Leaders and viewers have a list
 * of what is open to them, so that a new route is closed until somebody opens it.
 */
export function mayAsk({ role }: User, method: string, path: string): boolean {
  if (role === "admin" || role === "operator") return true;
  if (!["GET", "HEAD"].includes(method)) return OWN.test(path) || (role === "leader" && DECISIONS.test(path));
  return PAGES.test(path) || DATA.test(path) || (role === "leader" && LISTS.test(path));
}
