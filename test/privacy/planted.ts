import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, inflateSync } from "node:zlib";
import { unzipSync } from "fflate";
import { csv } from "../support/community.ts";

/** Invented people whose every value is found by a search: numbers of a range that is given to nobody. */
export const CANARIES = [
  { id: "wxid_canary_chat7", name: "金丝雀甲乙", phone: "19900007001", email: "canary.chat@example.invalid" },
  {
    id: "wxid_canary_order7",
    name: "金丝雀丙丁",
    phone: "19900007002",
    email: "canary.order@example.invalid",
  },
  {
    id: "wxid_canary_member7",
    name: "金丝雀戊己",
    phone: "19900007003",
    email: "canary.member@example.invalid",
  },
  {
    id: "wxid_canary_survey7",
    name: "金丝雀庚辛",
    phone: "19900007004",
    email: "canary.survey@example.invalid",
  },
] as const;
export const NAMES = CANARIES.map(({ name }) => name);
export const RAW = CANARIES.flatMap(({ id, phone, email }) => [id, phone, email]);

const [chat, order, member, survey] = CANARIES;

/**
 * Puts a community into an inbox in which each of them came in by another way: chat, orders, members, a survey. All fell
 * silent long ago, so that they stand on the wake-up list. `broken` is a file that fails and holds them as well.
 */
export function plant(inbox: string): { broken: string } {
  mkdirSync(inbox, { recursive: true });
  const write = (name: string, rows: readonly Record<string, string | number>[]) =>
    writeFileSync(join(inbox, name), csv(rows));
  const days = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) =>
      new Date(Date.UTC(2026, 8, from + at)).toISOString().slice(0, 10),
    );
  const others = Array.from({ length: 9 }, (_, at) => `wxid_other_${at}`);
  const say = (sender_id: string, sender_name: string, day: string) => ({
    group_id: "g1",
    group_name: "一群",
    sender_id,
    sender_name,
    sent_at: `${day} 12:00:00`,
    text: "早上好",
  });
  write("messages.csv", [
    ...days(1, 70).flatMap((day, at) =>
      others.slice(0, 3 + (at % 5)).map((id) => say(id, `群友${id.at(-1)}`, day)),
    ),
    ...days(1, 3).map((day) => say(chat.id, chat.name, day)),
    { ...say(chat.id, chat.name, "2026-09-09"), sent_at: `不是时间 ${chat.phone}` },
  ]);
  const joins = (id: string, name: string, phone: string) => ({
    group_id: "g1",
    group_name: "一群",
    member_id: id,
    name,
    phone,
    joined_at: "2026-08-20 09:00:00",
  });
  write("members.csv", [
    ...others.map((id) => joins(id, `群友${id.at(-1)}`, "")),
    ...[chat, order, member, survey].map(({ id, name, phone }) => joins(id, name, phone)),
  ]);
  write("orders.csv", [
    ...others.map((buyer_id, at) => ({
      order_id: `o${at}`,
      paid_at: `${days(1, 60)[at * 6]} 13:00:00`,
      amount: 20 + at,
      buyer_id,
      phone: "",
      buyer_name: "",
      group_id: "g1",
    })),
    {
      order_id: "oc",
      paid_at: "2026-09-02 13:00:00",
      amount: 66,
      buyer_id: order.id,
      phone: order.phone,
      buyer_name: order.name,
      group_id: "g1",
    },
    // Somebody without an id in the community: only the name speaks for a link, which an operator decides on.
    {
      order_id: "on",
      paid_at: "2026-09-03 13:00:00",
      amount: 5,
      buyer_id: "",
      phone: "",
      buyer_name: member.name,
      group_id: "g1",
    },
  ]);
  write("survey.csv", [
    {
      respondent_id: survey.id,
      submitted_at: "2026-09-04 10:00:00",
      question: "满意度",
      answer: "5",
      survey_id: "s1",
      group_id: "g1",
    },
  ]);
  const broken = CANARIES.map(({ id, name, phone, email }) => `${id},${name},${phone},${email}`).join("\n");
  return { broken: `谁,叫什么,电话,邮箱\n${broken}\n` };
}

/** A file as text; the parts of a packed one unpacked. */
export function textsOf(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.subarray(0, 2).toString() !== "PK") return bytes.toString("utf8");
  return Object.values(unzipSync(bytes))
    .map((part) => Buffer.from(part).toString("utf8"))
    .join("\n");
}

/** A PDF or a PNG as text, with every compressed stream of it unpacked. */
export function inflated(file: Buffer): string {
  const packed = file.toString("latin1");
  const streams = [...packed.matchAll(/stream\r?\n/g)].map(({ 0: word, index }) => {
    try {
      return inflateSync(file.subarray(index + word.length), { finishFlush: constants.Z_SYNC_FLUSH });
    } catch {
      return Buffer.alloc(0);
    }
  });
  return [file, ...streams].map((one) => one.toString("utf8")).join("\n");
}
