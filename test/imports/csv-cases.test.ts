import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvRecords } from "../../src/ingest/csv-records.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-csv-"));
});
afterAll(() => rmSync(root, { recursive: true }));

/** What programs write and RFC 4180 allows, each as text and as the cells of its records; null where no cells can be told. */
const CASES: readonly [string, string, readonly (readonly string[] | null)[]][] = [
  ["nothing but a header", "a,b,c\n", [["a", "b", "c"]]],
  [
    "no line end at the end",
    "a,b\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "CRLF",
    "a,b\r\n1,2\r\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "CR alone",
    "a,b\r1,2\r",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["line ends of every kind in one file", "a\nb\r\nc\rd", [["a"], ["b"], ["c"], ["d"]]],
  ["a comma in quotes", '"1,2",3\n', [["1,2", "3"]]],
  ["quotes in quotes", '"say ""hi""",2\n', [['say "hi"', "2"]]],
  [
    "a line break in quotes",
    '"1\n2",3\n4,5\n',
    [
      ["1\n2", "3"],
      ["4", "5"],
    ],
  ],
  ["a CRLF in quotes stays one", '"1\r\n2",3\r\n', [["1\r\n2", "3"]]],
  [
    "empty cells",
    "a,,c\n,,\n",
    [
      ["a", "", "c"],
      ["", "", ""],
    ],
  ],
  ["empty cells in quotes", '"","",""\n', [["", "", ""]]],
  ["a quote within a bare cell is a character", 'a"b,c\n', [['a"b', "c"]]],
  [
    "JSON in a cell",
    '1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\n',
    [["1", '{"type": "Point", "at": [102.0, 0.5]}']],
  ],
  ["empty lines are no records", "a\n\n\nb\n", [["a"], ["b"]]],
  ["blanks are part of the cell", " a , b \n", [[" a ", " b "]]],
  [
    "characters beyond the first plane, combined ones, NUL",
    "😀,é\u0301,a\u0000b\n",
    [["😀", "é\u0301", "a\u0000b"]],
  ],
  ["a separator of another program is a character", "a;b\tc\n", [["a;b\tc"]]],
  ["text behind a closing quote", '"a"b,c\n1,2\n', [null, ["1", "2"]]],
  ["a quote that never closes gives up its own line only", '"a,b\n1,2\n', [null, ["1", "2"]]],
  ["only a quote", '"', [null]],
  ["only line ends", "\n\r\n\r", []],
];

test.each(CASES)("%s", async (_what, text, wanted) => {
  const path = join(root, "case.csv");
  writeFileSync(path, text);
  const records = [];
  for await (const { fields } of csvRecords(path, ",")) records.push(fields);
  expect(records).toEqual(wanted);
});
