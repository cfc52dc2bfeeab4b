import { expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { zip } from "../support/zip.ts";

const ROWS = [
  ["order_id", "paid_at", "amount"],
  ["A1", "46337.5", "5"],
];
const OTHER = [
  ["order_id", "paid_at", "amount"],
  ...Array.from({ length: 9 }, (_, at) => [`B${at}`, "46337", "1"]),
];
const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const sheet = (rows: readonly string[][], of = cell) =>
  `<worksheet><sheetData>${rows.map((row) => `<row>${row.map(of).join("")}</row>`).join("")}</sheetData></worksheet>`;

interface Parts {
  [name: string]: string;
}

/** Orders behind a hidden sheet of more. */
const plain: Parts = {
  "xl/workbook.xml": `<workbook><sheets><sheet name="旧" state="hidden" r:id="r1"/><sheet name="订单" r:id="r2"/></sheets></workbook>`,
  "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>`,
  "xl/worksheets/sheet1.xml": sheet(OTHER),
  "xl/worksheets/sheet2.xml": sheet(ROWS),
};
const eachText = (change: (text: string) => string): Parts =>
  Object.fromEntries(Object.entries(plain).map(([name, text]) => [name, change(text)]));
const eachName = (change: (name: string) => string): Parts =>
  Object.fromEntries(Object.entries(plain).map(([name, text]) => [change(name), text]));

it.each<[string, Parts]>([
  ["as most write them", plain],
  ["attributes in single quotes", eachText((text) => text.replaceAll('"', "'"))],
  ["another prefix for relations", eachText((text) => text.replaceAll("r:id", "d2p1:id"))],
  ["a prefix for each element", eachText((text) => text.replace(/<(\/?)(?=\w)/g, "<$1x:"))],
  ["paths from the root", eachText((text) => text.replaceAll("worksheets/", "/xl/worksheets/"))],
  ["paths with ..", eachText((text) => text.replaceAll("worksheets/", "../xl/worksheets/"))],
  ["folders and files in capitals", eachName((name) => name.replace("worksheets/s", "Worksheets/S"))],
  [
    "texts in CDATA",
    { ...plain, "xl/worksheets/sheet2.xml": sheet(ROWS, (text) => cell(`<![CDATA[${text}]]>`)) },
  ],
  [
    "shared strings in a file with a capital",
    {
      ...plain,
      "xl/SharedStrings.xml": `<sst>${ROWS.flat()
        .map((text) => `<si><t>${text}</t></si>`)
        .join("")}</sst>`,
      "xl/worksheets/sheet2.xml": sheet(ROWS, (text) => `<c t="s"><v>${ROWS.flat().indexOf(text)}</v></c>`),
    },
  ],
])("a workbook of any program is read: %s", async (_what, parts) => {
  const community = new Community();
  try {
    const files = Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)] as const);
    const result = await community.import("orders.xlsx", zip(new Map(files)));
    expect(result).toMatchObject({ importer: "fupan-orders", read: 1, accepted: 1 });
    const rows = await community.lake((lake) =>
      lake.all("select order_id, paid_at::varchar as at from lake.orders"),
    );
    expect(rows).toEqual([{ order_id: "A1", at: "2026-11-11 12:00:00" }]);
  } finally {
    community.remove();
  }
});
