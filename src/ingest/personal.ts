import { FACTS, type Fact } from "./facts.ts";

/**
 * Where a fact points to people. `own` is whose record it is: it goes with the person. `links` name others in it
 * (who invited, who was mentioned): they are emptied and the record stays. An order stays too, for the books, but
 * nobody's: its buyer is a link.
 */
export interface PersonalColumns {
  own: string | null;
  links: readonly string[];
  /** Columns of free content, emptied together with a link. */
  content: readonly string[];
}

const OWN: Partial<Record<Fact, string>> = {
  messages: "person_key",
  member_events: "person_key",
  member_snapshots: "person_key",
  contacts: "person_key",
  survey_answers: "person_key",
};

/** Read off the schema, so that a new column ending in `_key` or `_keys` is never forgotten. */
export function personalColumns(fact: Fact): PersonalColumns {
  const own = OWN[fact] ?? null;
  const columns = Object.keys(FACTS[fact]);
  return {
    own,
    links: columns.filter((column) => /_keys?$/.test(column) && column !== "row_key" && column !== own),
    content: own === null ? columns.filter((column) => column === "extra") : [],
  };
}
