import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import { runQuery } from "./query.ts";

/** Due steps of a week and what became of them. sent = done + late; rates are left to whoever shows them. */
export interface SopTally {
  key: string;
  label: string;
  due: number;
  done: number;
  late: number;
  missed: number;
  wrongGroup: number;
  /** Posts beside the plan. */
  unplanned: number;
  medianMinutesLate: number | null;
  previous: { due: number; sent: number };
}

/** Null-free part of the review: without a plan, every list is empty and `all` is null. */
export interface SopReview {
  all: SopTally | null;
  byGroup: SopTally[];
  byRole: SopTally[];
  /** `key` is a person, `label` a full name: mask it wherever it is shown. */
  bySender: SopTally[];
  byStep: SopTally[];
  /** Steps that were missed, went to the wrong group or came late, worst first; at most 50. */
  problems: SopProblem[];
  /** Numbers that the plan asks of its messages, and how many kept them; what broke most first. */
  tolerances: ToleranceTally[];
  /** Sales and other events of the week with their orders, against the last one of its kind in the group. */
  recaps: EventRecap[];
  service: ServiceTally[];
  /** Promised numbers that the orders contradict. */
  claims: ContradictedClaim[];
}

export interface ToleranceTally {
  planId: string;
  stepId: string;
  measure: string;
  low: number | null;
  high: number | null;
  inside: number;
  outside: number;
  /** Messages that do not say the number. */
  notSaid: number;
}

export interface EventRecap {
  groupId: string;
  groupName: string;
  type: string;
  title: string | null;
  /** UTC. */
  startsAt: string;
  /** Null where no orders were ever imported. */
  orders: number | null;
  /** Null without an earlier one. */
  previousOrders: number | null;
}

export interface ContradictedClaim {
  groupId: string;
  groupName: string;
  /** UTC. */
  sentAt: string;
  claim: "buyers" | "orders" | "left";
  claimed: number;
  actual: number;
}

export interface SopProblem {
  groupId: string;
  groupName: string;
  planId: string;
  stepId: string;
  /** Workspace's wall clock. */
  dueLocalAt: string;
  role: string | null;
  status: "missed" | "wrong_group" | "late";
  minutesLate: number | null;
  otherGroupName: string | null;
}

export interface ServiceTally {
  kind: string;
  cases: number;
  inTime: number;
  /** Cases whose time to reply is over or that were answered. */
  judged: number;
  resolved: number;
  open: number;
  medianReplyMinutes: number | null;
}

/** The SOP part of a week's review. @param week first day. */
export async function sopReview(
  database: Database,
  catalog: Catalog,
  week: string,
  group: string,
): Promise<SopReview> {
  const query = (name: string, params: Record<string, string> = {}) =>
    runQuery(database, catalog, name, { week, group_id: group, ...params });
  const [rows, steps, service, claims, tolerances, recaps] = await Promise.all([
    query("sop_adherence"),
    query("sop_steps_week"),
    query("service_summary", { by_group: "no" }),
    query("sop_claims", { verdict: "contradicted" }),
    query("sop_tolerances"),
    query("event_results"),
  ]);
  const by = (dimension: string) => rows.filter((row) => row["dimension"] === dimension).map(tally);
  return {
    all: by("all")[0] ?? null,
    byGroup: by("group"),
    byRole: by("role"),
    bySender: by("sender"),
    byStep: by("step"),
    problems: steps
      .filter((row) => row["is_due"] && ORDER.includes(String(row["status"])))
      .sort((a, b) => ORDER.indexOf(String(a["status"])) - ORDER.indexOf(String(b["status"])))
      .slice(0, 50)
      .map(problem),
    claims: claims.map(claim),
    tolerances: tolerances.map(tolerance),
    recaps: recaps.map(recap),
    service: service.filter((row) => row["group_id"] === "*").map(served),
  };
}

const ORDER = ["wrong_group", "missed", "late"];

function tally(row: Row): SopTally {
  return {
    key: String(row["key"]),
    label: String(row["label"]),
    due: Number(row["due"]),
    done: Number(row["done"]),
    late: Number(row["late"]),
    missed: Number(row["missed"]),
    wrongGroup: Number(row["wrong_group"]),
    unplanned: Number(row["unplanned"]),
    medianMinutesLate: number(row, "median_minutes_late"),
    previous: { due: Number(row["previous_due"]), sent: Number(row["previous_sent"]) },
  };
}

function problem(row: Row): SopProblem {
  return {
    groupId: String(row["group_id"]),
    groupName: String(row["group_name"]),
    planId: String(row["plan_id"]),
    stepId: String(row["step_id"]),
    dueLocalAt: String(row["due_local_at"]),
    role: row["role"] === null ? null : String(row["role"]),
    status: row["status"] as SopProblem["status"],
    minutesLate: number(row, "minutes_late"),
    otherGroupName: row["other_group_name"] === null ? null : String(row["other_group_name"]),
  };
}

function tolerance(row: Row): ToleranceTally {
  return {
    planId: String(row["plan_id"]),
    stepId: String(row["step_id"]),
    measure: String(row["measure"]),
    low: number(row, "low"),
    high: number(row, "high"),
    inside: Number(row["inside"]),
    outside: Number(row["outside"]),
    notSaid: Number(row["not_said"]),
  };
}

function recap(row: Row): EventRecap {
  return {
    groupId: String(row["group_id"]),
    groupName: String(row["group_name"]),
    type: String(row["type"]),
    title: row["title"] === null ? null : String(row["title"]),
    startsAt: String(row["starts_at"]),
    orders: number(row, "orders"),
    previousOrders: number(row, "previous_orders"),
  };
}

function claim(row: Row): ContradictedClaim {
  return {
    groupId: String(row["group_id"]),
    groupName: String(row["group_name"]),
    sentAt: String(row["sent_at"]),
    claim: row["claim"] as ContradictedClaim["claim"],
    claimed: Number(row["claimed"]),
    actual: Number(row["actual"]),
  };
}

function served(row: Row): ServiceTally {
  return {
    kind: String(row["kind"]),
    cases: Number(row["cases"]),
    inTime: Number(row["in_time"]),
    judged: Number(row["judged"]),
    resolved: Number(row["resolved"]),
    open: Number(row["open"]),
    medianReplyMinutes: number(row, "median_reply_minutes"),
  };
}

function number(row: Row, name: string): number | null {
  const value = row[name];
  return value === null || value === undefined ? null : Number(value);
}
