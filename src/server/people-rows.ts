import { maskName } from "../review/mask.ts";
import type { Row } from "../warehouse/rows.ts";

const IDS = new Set(["person_id", "sender_id", "inviter_id", "owner_id", "handler_id"]);
const NAMES = ["name", "display_name", "owner", "sender", "handler", "inviter"];
/** What somebody wrote may name anybody. */
const WORDS = new Set(["text", "sample", "samples", "question", "detail"]);

/** A row of a query that names people, with no more of the names than their ends, and without keys. */
export function withMaskedNames({ left_key: _left, right_key: _right, ...row }: Row): Row {
  const masked: Row = { ...row };
  for (const column of row["dimension"] === "sender" ? [...NAMES, "label", "key"] : NAMES) {
    const name = masked[column];
    if (typeof name === "string" && name !== "") masked[column] = maskName(name);
  }
  return masked;
}

/** Without the keys of people. */
export function withoutIds(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !IDS.has(column)));
}

/** The same without ids and words: a viewer can tell neither who it was nor that two rows are one person. */
export function withoutPerson(row: Row): Row {
  const kept = Object.entries(withoutIds(withMaskedNames(row)));
  return Object.fromEntries(kept.filter(([column]) => !WORDS.has(column)));
}
