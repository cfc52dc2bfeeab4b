import { expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { workbook } from "../support/workbook.ts";

async function told(name: string, content: string | Uint8Array) {
  const community = new Community();
  try {
    const { read, accepted, rejected, issues } = await community.import(name, content);
    const rows = await community.lake((lake) => lake.all("select order_id from lake.orders order by 1"));
    return {
      counts: [read, accepted, rejected],
      issues: issues.map(({ line, code, accepted: used }) => [line, code, used === true]),
      ids: rows.map((row) => row["order_id"]),
    };
  } finally {
    community.remove();
  }
}

const HEAD = "order_id,paid_at,amount";
const ROW = "2026-11-10 10:00:00,5";

it("names that are missing at the end of a header need no cells, and empty cells at the end of a row no names", async () => {
  const text = [`${HEAD},,`, `A1,${ROW}`, `A2,${ROW},`, `A3,${ROW},,`, `A4,${ROW},,,,`, "A5,2026-11-10"];
  expect(await told("orders.csv", text.join("\n"))).toEqual({
    counts: [5, 4, 1],
    issues: [[6, "missing_columns", false]],
    ids: ["A1", "A2", "A3", "A4"],
  });
  expect(await told("orders.csv", [HEAD, `A1,${ROW},,,`, `A2,${ROW},x,y`, `A3,${ROW}`].join("\n"))).toEqual({
    counts: [3, 2, 1],
    issues: [[3, "too_many_columns", false]],
    ids: ["A1", "A3"],
  });
});

it("what somebody wrote beside the table of a workbook takes no row away, and is told of", async () => {
  const row = (id: string, ...more: string[]) => [id, "2026-11-10 10:00:00", "5", ...more];
  const rows = {
    1: HEAD.split(","),
    2: row("A1"),
    3: row("A2", "", "", "已核对"),
    4: row("A3"),
    5: row("A4"),
  };
  expect(await told("orders.xlsx", workbook([{ name: "订单", rows }]))).toEqual({
    counts: [4, 4, 0],
    issues: [[3, "cells_beyond_header", true]],
    ids: ["A1", "A2", "A3", "A4"],
  });
});

/** As Excel saves it: the header and fifteen rows with all commas, each further block without those of its empty columns. */
const saved = (more: (row: number) => string, rows = 40) =>
  [`${HEAD},coupon`, ...Array.from({ length: rows }, (_, at) => `A${at},${ROW}${more(at + 2)}`)].join("\n");

it("rows of which Excel left the commas of empty last columns out, block by block, are whole", async () => {
  const excel = saved((row) => (row <= 16 || (row > 32 && row !== 34) ? "," : row === 34 ? ",spring" : ""));
  expect((await told("orders.csv", excel)).counts).toEqual([40, 40, 0]);
  expect(
    (
      await told(
        "orders.csv",
        saved((row) => (row <= 16 ? "," : "")),
      )
    ).counts,
  ).toEqual([40, 40, 0]);
});

it("rows that are too short in other ways are not, nor is one alone at the end", async () => {
  const some = saved((row) => (row % 3 === 0 ? "" : ","));
  expect((await told("orders.csv", some)).counts).toEqual([40, 27, 13]);
  expect(
    (
      await told(
        "orders.csv",
        saved(() => ""),
      )
    ).counts,
  ).toEqual([40, 0, 40]);
  expect(
    (
      await told(
        "orders.csv",
        saved((row) => (row <= 32 ? "," : ""), 32),
      )
    ).counts,
  ).toEqual([32, 31, 1]);
});
