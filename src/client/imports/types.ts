import type { Said } from "./dom.ts";

export interface Table {
  delimiter: string;
  header: string[];
  rows: string[][];
  lines: number[];
  kind: string;
  columns: Record<string, string>;
  guesses: Record<string, Record<string, string>>;
}

export interface Recognised {
  upload: string;
  name: string;
  bytes: number;
  encoding: string;
  sheet?: string;
  importer: { id: string; title: Said; kind: string; found: Said[] } | null;
  matches: { id: string; title: Said }[];
  nearest: { id: string; title: Said; missing: Said[] }[];
  refusal: Said | null;
  table: Table | null;
}

/** What an archive of several exports holds. */
export interface Archive {
  archive: string;
  files: (Recognised | { name: string; error: Said })[];
  notes: Said[];
}

export interface Issue {
  line: number | null;
  column: string | null;
  code: string;
  message: Said;
  /** The row was used all the same. */
  accepted?: true;
}

export interface Result {
  path: string;
  importer: string | null;
  status: "imported" | "unchanged" | "failed";
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  groups?: string[];
  issues: Issue[];
  notes: Said[];
}

export interface Choice {
  as?: string;
  group?: string;
  dateOrder?: string;
  date?: string;
  mapping?: { kind: string; columns: Record<string, string> };
  remember?: boolean;
}

export interface Item {
  name: string;
  card: HTMLElement;
  answer: Recognised | null;
  choice: Choice;
  /** The check of all rows with the present choice. */
  result: Result | null;
  /** Why it cannot be imported as it stands; null when it can. */
  blocked: string | null;
  check?: () => void;
  /** The question that had the focus when its answer set off a check. */
  asked?: string | null | undefined;
}

export interface Field {
  id: string;
  title: string;
  required: boolean;
}
