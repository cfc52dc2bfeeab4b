import { issueText } from "../ingest/issue-texts.ts";
import type { Text } from "../kit/say.ts";
import type { Row } from "../warehouse/rows.ts";

/** One step of a flow from exports to KPIs, or what was dropped before the next one. */
export interface FlowStep {
  flow: string;
  step: string;
  isDrop: boolean;
  text: Text;
  rows: number;
  /** Net amount in the workspace's currency; null where the flow has none. */
  amount: number | null;
  /** Masked. */
  samples: string[];
}

/** A file of orders against what the KPIs use of it. Amounts in the file's currency. */
export interface OrderFile {
  file: string;
  currency: string;
  lines: number;
  rejected: number;
  orders: number;
  paid: number;
  refunded: number;
  newer: number;
  leftOut: number;
  leftOutAmount: number;
  counted: number;
  countedAmount: number;
}

/** The same thing counted twice: from one side and from the other. */
export interface Check {
  id: string;
  text: Text;
  files: number;
  kpis: number;
  difference: number;
  isOk: boolean;
}

/** A figure that the platform itself states, beside the same count from what was imported. */
export interface PlatformFigure {
  day: string;
  /** A group or a masked owner; null for everything. */
  scope: string | null;
  id: string;
  text: Text;
  stated: number;
  counted: number;
  tolerance: number;
  isWithin: boolean;
  /** Why they may differ. */
  reason: Text | null;
}

export interface Reconciliation {
  steps: FlowStep[];
  orderFiles: OrderFile[];
  checks: Check[];
  platform: PlatformFigure[];
}

/** What the prepared queries say of files, steps and KPIs. @param query runs one of them by name. */
export async function reconciliation(query: (name: string) => Promise<Row[]>): Promise<Reconciliation> {
  const steps = await query("waterfall");
  const files = await query("order_files");
  const checks = await query("reconciliation");
  const platform = await query("group_stats");
  return {
    steps: steps.map(stepOf),
    orderFiles: files.map(fileOf),
    checks: checks.map(checkOf),
    platform: platform.map(figureOf),
  };
}

function stepOf(row: Row): FlowStep {
  const code = row["code"];
  const column = row["column_name"];
  return {
    flow: String(row["flow"]),
    step: String(row["step"]),
    isDrop: row["is_drop"] === true,
    text:
      typeof code === "string"
        ? issueText(code, typeof column === "string" ? column : null)
        : { zh: String(row["zh"]), en: String(row["en"]) },
    rows: Number(row["rows"]),
    amount: row["amount"] === null ? null : Number(row["amount"]),
    samples: (row["samples"] as string[] | null) ?? [],
  };
}

function fileOf(row: Row): OrderFile {
  const number = (column: string) => Number(row[column]);
  return {
    file: String(row["file_name"]),
    currency: String(row["currency"]),
    lines: number("lines"),
    rejected: number("rejected"),
    orders: number("orders"),
    paid: number("paid_amount"),
    refunded: number("refunded_amount"),
    newer: number("newer_orders"),
    leftOut: number("left_out_orders"),
    leftOutAmount: number("left_out_amount"),
    counted: number("counted_orders"),
    countedAmount: number("counted_amount"),
  };
}

function checkOf(row: Row): Check {
  return {
    id: String(row["id"]),
    text: { zh: String(row["zh"]), en: String(row["en"]) },
    files: Number(row["files"]),
    kpis: Number(row["kpis"]),
    difference: Number(row["difference"]),
    isOk: row["is_ok"] === true,
  };
}

function figureOf(row: Row): PlatformFigure {
  return {
    day: String(row["day"]).slice(0, 10),
    scope: row["scope_name"] === null ? null : String(row["scope_name"]),
    id: String(row["id"]),
    text: { zh: String(row["zh"]), en: String(row["en"]) },
    stated: Number(row["stated"]),
    counted: Number(row["counted"]),
    tolerance: Number(row["tolerance"]),
    isWithin: row["is_within"] === true,
    reason: row["reason_zh"] === null ? null : { zh: String(row["reason_zh"]), en: String(row["reason_en"]) },
  };
}
