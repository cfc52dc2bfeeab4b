import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community();
let figures: Row[];
let inputs: Row | undefined;

const WEEK = "2026-11-09";
const said = (sender_id: string, sent_at: string, text: string, more: { id?: string; to?: string } = {}) => ({
  group_id: "g1",
  sender_id,
  sent_at: `2026-11-${sent_at}`,
  text,
  message_id: more.id ?? `${sender_id} ${sent_at}`,
  reply_to: more.to ?? "",
});

beforeAll(async () => {
  const member = (member_id: string, role = "member", left_at = "") => ({
    group_id: "g1",
    member_id,
    role,
    joined_at: "2026-09-01 09:00:00",
    left_at,
  });
  await community.import(
    "members.csv",
    csv([
      ...["unheard", "answered", "waits", "late"].map((id) => member(id)),
      member("leaves", "member", "2026-11-12 09:10:00"),
      member("s1", "staff"),
      member("robot", "bot"),
    ]),
  );
  await community.import(
    "messages.csv",
    csv([
      // The robot greets whoever comes: no answer to a question that stands above it.
      said("unheard", "10 10:00:00", "请问这个怎么保存？"),
      said("robot", "10 10:05:00", "欢迎新朋友进群"),
      // Nor does it hide the answer that follows.
      said("answered", "11 10:00:00", "请问这个怎么吃？"),
      said("robot", "11 10:05:00", "欢迎新朋友进群"),
      said("s1", "11 10:20:00", "洗净切块，蒸十分钟就好"),
      said("late", "11 15:00:00", "请问几点发货？", { id: "q" }),
      said("s1", "11 15:40:00", "今晚八点前", { to: "q" }),
      said("leaves", "12 09:00:00", "请问还有货吗？"),
      said("waits", "12 11:30:00", "请问在哪里自提？"),
      // While the draw ran.
      said("answered", "11 20:30:00", "抽到我啦"),
    ]),
  );
  await community.import(
    "calendar.csv",
    csv([
      {
        start: "2026-11-11 20:00:00",
        end: "2026-11-11 21:00:00",
        type: "lottery",
        title: "抽奖",
        group_id: "g1",
      },
    ]),
  );
  // An order that names no group is one of each group its buyer is in.
  await community.import(
    "orders.csv",
    csv([{ order_id: "o1", buyer_id: "late", paid_at: "2026-11-11 20:40:00", amount: 10 }]),
  );
  const [weekly = [], rules = []] = await community.queries(
    [
      `select kpi, numerator, denominator from report.kpi_weekly where group_id = 'g1' and segment = '*' and week = '${WEEK}'`,
      `from marts.rule_inputs where group_id = 'g1' and week = '${WEEK}'`,
    ],
    "2026-11-12T12:00:00",
  );
  figures = weekly;
  inputs = rules[0];
});
afterAll(() => community.remove());

const figure = (kpi: string) => {
  const row = figures.find((one) => one["kpi"] === kpi);
  return [row?.["numerator"], row?.["denominator"]];
};

test("an answer is one of the staff, not the next word of a bot", () => {
  // One of four in time: the one at 11:30 may still be answered at noon.
  expect(figure("reply_rate")).toEqual([1, 4]);
  expect(inputs).toMatchObject({ questions: 5, questions_in_time: 1 });
});

test("the median of first replies was watched to the end of the data, or until the member left", () => {
  // Who left after 10 minutes and who waits for 30 are no day of waiting: 4 at risk at 20 minutes, 2 at 40.
  expect(inputs).toMatchObject({ reply_median_minutes: 40 });
});

test("the turnout of the rules is the participation rate", () => {
  expect(figure("participation_rate")).toEqual([2, 5]);
  expect(inputs).toMatchObject({ event_members: 5, participants: 2 });
});
