import type { Kind } from "../../kit/importer.ts";
import { chat } from "./chat.ts";
import { groupStats } from "./group-stats.ts";
import type { KindSpec } from "./kind.ts";
import { member } from "./member.ts";
import { order } from "./order.ts";
import { orderItem, orderLine } from "./order-line.ts";
import { plan } from "./plan.ts";
import { refund } from "./refund.ts";
import { calendar, contact, survey } from "./tables.ts";

export const KINDS: Readonly<Record<Kind, KindSpec>> = {
  chat,
  member,
  order,
  order_line: orderLine,
  order_item: orderItem,
  refund,
  survey,
  calendar,
  contact,
  group_stats: groupStats,
  plan,
};
