import { UserError } from "../kit/errors.ts";
import { Grid, type Purse } from "./grid.ts";
import { decoded, type MarkupEvents } from "./markup.ts";
import { attribute, LONGEST_NAME, nameOf, seen, span } from "./web-cell.ts";
import { MOST_WRITTEN } from "./width.ts";

/** Characters of a row that are kept: of a longer one every reader says that it is too long. */
const MOST_OF_ROW = 6 << 20;
/** Tables in cells of tables: a layout has a few, and a table further in is text. */
const DEPTH = 8;
const MOST_TABLES = 500;
/** These stand on lines of their own. */
const BLOCKS = new Set(["br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr"]);
const SECTIONS = new Set(["thead", "tbody", "tfoot"]);

interface Open {
  grid: Grid;
  /** What follows `<caption>`, until it ends. */
  caption: string | undefined;
  inRow: boolean;
  /** The cell that is open. */
  cell: Cell | undefined;
  /** Its tag stood in the file. */
  isStated: boolean;
  isNamed: boolean;
}

interface Cell {
  parts: string[];
  tag: string;
}

/**
 * The tables of a web page, or the sheets of a workbook in XML, which is built in the same way, each as a Grid. End tags
 * may be missing, as browsers let them. A table in a cell of a table that has a header is text of that cell; elsewhere,
 * as pages are laid out, it is a table of its own.
 */
export class WebTables implements MarkupEvents {
  readonly grids = new Set<Grid>();
  #isXml: boolean;
  #path: (nth: number) => string;
  #purse: Purse = { room: MOST_WRITTEN };
  #open: Open[] = [];
  /** The last that was closed, by depth: the next may go on in it. */
  #before: (Grid | undefined)[] = [];
  #room = MOST_OF_ROW;
  /** Tables that are text of a cell. */
  #inline = 0;
  /** Of a workbook in XML: the sheet, what was said last beside its cells, and whether text is that of a cell. */
  readonly #xml: { sheet: string; said: string; inData: boolean; inComment: boolean } = {
    sheet: "",
    said: "",
    inData: false,
    inComment: false,
  };
  #count = 0;

  constructor(isXml: boolean, path: (nth: number) => string) {
    this.#isXml = isXml;
    this.#path = path;
  }

  open(name: string, tag: string): void {
    const table = this.#open.at(-1);
    const isCell = name === "td" || name === "th";
    if (this.#isXml) this.#openXml(name, tag);
    else if (name === "table") this.#openTable(true);
    else if (this.#inline > 0) this.#say(isCell ? " " : BLOCKS.has(name) || name === "tr" ? "\n" : "");
    else if (name === "tr") this.#openRow();
    else if (isCell) this.#openCell(tag);
    else if (BLOCKS.has(name)) this.#say("\n");
    else if (table && SECTIONS.has(name)) this.#endRow(table);
    else if (table?.grid.rows === 0 && name === "caption") table.caption = "";
  }

  close(name: string): void {
    const table = this.#open.at(-1);
    if (this.#isXml && name === "data") this.#xml.inData = false;
    if (this.#isXml && name === "comment") this.#xml.inComment = false;
    const [, last] = this.#before;
    if (this.#isXml && name === "visible" && last)
      last.isHidden =
        this.#xml.said.startsWith("SheetHidden") || this.#xml.said.startsWith("SheetVeryHidden");
    if (!table) return;
    if (this.#inline > 0) {
      if (name === "table") this.#inline--;
      return;
    }
    if (name === "caption" && table.caption !== undefined) {
      const title = nameOf(table.caption);
      table.grid.name = title || table.grid.name;
      table.isNamed = title !== "";
      table.caption = undefined;
    } else if (name === "td" || name === "th" || (this.#isXml && name === "cell")) this.#endCell(table);
    else if (name === "tr" || SECTIONS.has(name) || (this.#isXml && name === "row")) this.#endRow(table);
    else if (name === "table") this.#endTable();
    else if (name === "body" || name === "html") while (this.#open.length > 0) this.#endTable();
    else if (BLOCKS.has(name)) this.#say("\n");
  }

  text(text: string): void {
    if (this.#isXml) {
      if (this.#xml.inData && !this.#xml.inComment) this.#say(text);
      else this.#xml.said = text.slice(0, LONGEST_NAME).trim();
      return;
    }
    const table = this.#open.at(-1);
    if (table?.caption !== undefined && table.caption.length < LONGEST_NAME * 4)
      table.caption += text.slice(0, LONGEST_NAME * 4);
    else this.#say(text.replace(/[ \t\r\n\f]+/g, " "));
  }

  /** @returns whether a table was open, and the row that was. */
  end(): { isOpen: boolean; cutRow: number | undefined } {
    const isOpen = this.#open.some(({ isStated }) => isStated);
    let cutRow: number | undefined;
    while (this.#open.length > 0) {
      const table = this.#open.at(-1);
      if (table?.inRow) {
        cutRow ??= table.grid.rows + 1;
        table.cell = undefined;
        table.inRow = false;
        table.grid.drop();
      }
      this.#endTable();
    }
    return { isOpen, cutRow };
  }

  #openXml(name: string, tag: string): void {
    const table = this.#open.at(-1);
    if (name === "worksheet") {
      this.#xml.sheet = nameOf(decoded(attribute(tag, "name")));
      this.#before = [];
    } else if (name === "table") this.#openTable(true);
    else if (name === "row" && table) {
      this.#openRow();
      table.grid.beginRow(Number(attribute(tag, "index")) || 0);
    } else if (name === "cell" && table) this.#openCell(tag);
    else if (name === "comment") this.#xml.inComment = true;
    else if (name === "data") this.#xml.inData = true;
  }

  #openTable(isStated: boolean): void {
    const outer = this.#open.at(-1);
    if (this.#inline > 0) {
      this.#inline++;
      return;
    }
    if (outer?.cell && (outer.grid.header !== undefined || this.#open.length >= DEPTH)) {
      this.#inline++;
      return;
    }
    // A table whose end was forgotten.
    if (outer && !outer.inRow) this.#endTable();
    const nth = ++this.#count;
    const grid = new Grid(this.#path(nth), this.#xml.sheet || `表格${nth}`, this.#purse);
    this.#open.push({
      grid,
      caption: undefined,
      inRow: false,
      cell: undefined,
      isStated,
      isNamed: this.#isXml,
    });
  }

  #openRow(): void {
    if (this.#open.length === 0) this.#openTable(false);
    const table = this.#open.at(-1);
    if (!table) return;
    this.#endRow(table);
    table.inRow = true;
    this.#room = MOST_OF_ROW;
  }

  #openCell(tag: string): void {
    if (!this.#open.at(-1)?.inRow) this.#openRow();
    const table = this.#open.at(-1);
    if (!table) return;
    this.#endCell(table);
    table.cell = { parts: [], tag };
  }

  #say(text: string): void {
    const cell = this.#open.at(-1)?.cell;
    if (!cell || text === "" || this.#room <= 0) return;
    cell.parts.push(text.slice(0, this.#room));
    this.#room -= text.length;
  }

  #endCell(table: Open): void {
    const { cell } = table;
    if (!cell) return;
    table.cell = undefined;
    const { tag, parts } = cell;
    if (this.#isXml) {
      const at = Number(attribute(tag, "index")) - 1;
      const [across, down] = [span(tag, "mergeacross") + 1, span(tag, "mergedown") + 1];
      table.grid.add({ text: parts.join("").trim(), across, down }, at >= 0 ? at : undefined);
      return;
    }
    const text = seen(parts.join(""));
    // The text that is shown may be a rounded number, and the number stand beside it.
    const number = /^\d(?:\.\d+)?E\+\d+$/i.test(text) ? attribute(tag, "num") : "";
    const across = Math.max(span(tag, "colspan"), 1);
    table.grid.add({ text: number || text, across, down: Math.max(span(tag, "rowspan"), 1) });
  }

  #endRow(table: Open): void {
    this.#endCell(table);
    if (!table.inRow) return;
    table.inRow = false;
    const before = this.#before[this.#open.length];
    const how = before && !table.isNamed ? before.goesOn(table.grid) : undefined;
    if (before && how !== undefined) {
      if (how === "row") before.take(table.grid);
      table.grid = before;
      if (how === "header") return;
    }
    table.grid.endRow();
  }

  #endTable(): void {
    const table = this.#open.at(-1);
    if (!table) return;
    this.#endRow(table);
    const { grid } = table;
    this.#before[this.#open.length] = grid;
    this.#before.length = this.#open.length + 1;
    this.#open.pop();
    const outer = this.#open.at(-1)?.cell;
    // One row that a cell is laid out with is what the cell says.
    if (outer && grid.rows === 1 && grid.header === undefined) this.#say(` ${grid.first ?? ""} `);
    else if (grid.cells > 0) this.grids.add(grid);
    if (this.grids.size > MOST_TABLES) throw tooMany();
  }
}

function tooMany(): UserError {
  return new UserError(
    {
      zh: `里面有超过 ${MOST_TABLES} 个表格，看不出哪个是要导入的`,
      en: `It holds more than ${MOST_TABLES} tables`,
    },
    {
      hint: {
        zh: "用 Excel 或 WPS 打开，只留下要导入的表，另存为 .xlsx。",
        en: "Open it in a spreadsheet program, keep the table that is wanted and save it as .xlsx.",
      },
    },
  );
}
