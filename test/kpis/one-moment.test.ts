import { afterEach, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * Many exports know no seconds. Where rows share a moment, two sorts of the same rows may order them differently, and
 * what is read off both of them must not depend on that. Hundreds of rows: few are sorted the same way twice.
 */
let community: Community;
afterEach(() => community.remove());

const AS_OF = "2026-11-23T00:00:00";

test("two sources that state one join to the second, one of them with who invited, are one stay", async () => {
  community = new Community();
  const members = (more: Record<string, string>) =>
    csv(
      Array.from({ length: 500 }, (_, at) => ({
        group_id: `g${at % 3}`,
        member_id: `m${at}`,
        joined_at: `2026-11-${10 + (at % 8)}T09:00:00`,
        left_at: "",
        ...more,
      })),
    );
  await community.import("who.csv", members({ inviter_id: "m0" }));
  await community.import("how.csv", members({ source: "qr" }));
  const [stays] = await community.query(
    `select count(*)::integer as stays, count(distinct person_id)::integer as people,
       count(inviter_id)::integer as invited, count(join_source)::integer as sourced from marts.memberships`,
    AS_OF,
  );
  // m0 was invited by nobody: by themselves says nothing.
  expect(stays).toEqual({ stays: 500, people: 500, invited: 499, sourced: 500 });
});

test("floods of messages of one minute are runs in the one order that messages have", async () => {
  community = new Community();
  const messages = Array.from({ length: 150 }, (_, block) => block).flatMap((block) => {
    const at = new Date(Date.UTC(2026, 10, 16, 1) + block * 3_000_000).toISOString().slice(0, 16);
    return ["a", "a", "a", "a", "a", "a", "a", "a", "b"].map((sender_id, nth) => ({
      group_id: `g${block % 2}`,
      sender_id,
      sent_at: `${at}:00`,
      text: `${nth} of ${block}`,
      message_id: `${nth}-${block}`,
    }));
  });
  await community.import("messages.csv", csv(messages));
  const [found = [], counted = []] = await community.queries(
    [
      "select group_id, floods::integer as floods from marts.rule_inputs where week = date '2026-11-16' and group_id <> '*' order by 1",
      `with turns as (
         select *, sum(is_new) over (partition by group_id order by sent_at, message_key rows unbounded preceding) as run
         from (select group_id, sent_at, message_key, coalesce(person_id <> lag(person_id) over in_order
             or sent_at - lag(sent_at) over in_order > interval 10 minute, true)::integer as is_new
           from marts.messages window in_order as (partition by group_id order by sent_at, message_key))),
       runs as (select group_id from turns group by group_id, run having count(*) >= 5)
       select group_id, count(*)::integer as floods from runs group by group_id order by 1`,
    ],
    AS_OF,
  );
  expect(found.length).toBe(2);
  expect(found).toEqual(counted);
});
