import type { KindSpec } from "./kind.ts";

/** Figures that a platform states for a day: of a group, of all groups of an owner, or of everything. */
export const groupStats: KindSpec = {
  columns: {
    group_id: "id",
    owner_id: "id",
    day: "time",
    name: "text",
    value: "number",
    as_of: "time",
  },
  time: { column: "day", required: true },
  needs: ["name", "value"],
  facts: [
    {
      fact: "group_stats",
      decides: true,
      select: `
        select record, day as month_at, group_id, person_key(id_prefix || owner_id) as owner_key, day::date as day, name, value,
          as_of, as_of_is_utc
        from checked`,
    },
  ],
};
