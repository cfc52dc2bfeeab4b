import type { Kind } from "../../kit/importer.ts";
import { chat } from "./chat.ts";
import type { KindSpec } from "./kind.ts";
import { member } from "./member.ts";
import { order } from "./order.ts";
import { plan } from "./plan.ts";
import { calendar, contact, survey } from "./tables.ts";

export const KINDS: Readonly<Record<Kind, KindSpec>> = {
  chat,
  member,
  order,
  survey,
  calendar,
  contact,
  plan,
};
