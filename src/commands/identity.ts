import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { maskName } from "../review/mask.ts";
import { runQuery } from "../review/query.ts";
import { decideIdentity, type IdentityDecision, undoIdentity } from "../state/identity.ts";
import { withLock } from "../state/lock.ts";
import { build } from "../warehouse/build.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import type { Row } from "../warehouse/rows.ts";
import type { Workspace } from "../workspace.ts";
import { callerName } from "./audited.ts";
import { type Context, openHere, print, readerOf, say } from "./context.ts";

interface Flags {
  build?: boolean;
}

const KINDS: Readonly<Record<string, Text>> = {
  nickname: {
    zh: "昵称相同，合并后订单算到这位群友",
    en: "same nickname: joining gives the orders to this member",
  },
  shared_phone: {
    zh: "同一名单里两个账号共用一个手机号，现在算一个人",
    en: "two ids of one list share a phone: one person now",
  },
};

/** Who may be whom: nicknames that fit one buyer and one member, ids that share a phone. Names are masked. */
export async function suggestIdentity(context: Context, { all }: { all?: boolean }): Promise<void> {
  const { workspace } = await openHere(context);
  const known = await suggestions(context, workspace, all ? "*" : "pending");
  // Of n ids on one phone n - 1 are asked about; the last one has its answer from theirs.
  const rows = known.filter((row) => row["is_asked"] === true || row["status"] !== "pending");
  const accounts = await ask(context, workspace, "identity_accounts", {});
  const list = rows.map(({ left_key: _left, right_key: _right, person_id: _person, name, ...row }) => ({
    ...row,
    name: typeof name === "string" ? maskName(name) : null,
    accounts: accounts
      .filter((one) => one["suggestion_id"] === row["suggestion_id"])
      .map(({ suggestion_id: _of, ...account }) => account),
  }));
  print(context, list, () =>
    list.length === 0
      ? say(context, { zh: "没有需要确认的身份。", en: "There is no identity to decide on." })
      : list.map((row) => lineOf(context, row)).join("\n"),
  );
}

/** The suggestion, and below it each account it is about. */
function lineOf(context: Context, { accounts, ...row }: Row & { accounts: Row[] }): string {
  const kind = KINDS[String(row["kind"])]?.[context.lang] ?? String(row["kind"]);
  // Of a shared phone the account asked about, not the person that the phone made of all of them.
  const name = row["kind"] === "shared_phone" ? accounts[0]?.["name"] : row["name"];
  const who = [name, row["group_name"]].filter((one) => typeof one === "string").join(" · ");
  const orders = say(context, {
    zh: `${row["orders"]} 单，${row["net_amount"]} 元`,
    en: `${row["orders"]} orders, ${row["net_amount"]}`,
  });
  const head = `${row["suggestion_id"]}  ${who || "—"}  ${orders}  ${kind}  [${row["status"]}]`;
  return [head, ...accounts.map((one) => `    ${accountLine(context, one)}`)].join("\n");
}

function accountLine(context: Context, one: Row): string {
  const day = (value: unknown) => String(value).slice(0, 10);
  const groups = Array.isArray(one["groups"]) ? one["groups"].map(String) : [];
  const joined = one["joined_on"] === null ? "" : day(one["joined_on"]);
  const orders =
    one["orders"] === 0
      ? say(context, { zh: "没有订单", en: "no orders" })
      : say(context, {
          zh: `${one["orders"]} 单 ${one["net_amount"]} 元，最近 ${day(one["last_order_on"])}`,
          en: `${one["orders"]} orders ${one["net_amount"]}, last ${day(one["last_order_on"])}`,
        });
  const parts = [
    one["name"] ?? say(context, { zh: "没有昵称", en: "no name" }),
    one[`platform_${context.lang}`] ?? "",
    groups.join(context.lang === "zh" ? "、" : ", "),
    joined === "" ? "" : say(context, { zh: `${joined} 入群`, en: `joined ${joined}` }),
    orders,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

export async function decide(
  context: Context,
  decision: IdentityDecision["decision"],
  ids: readonly string[],
  flags: Flags,
): Promise<void> {
  const { workspace, state } = await openHere(context);
  await withBuild(context, workspace, state, flags, async () => {
    const known = await suggestions(context, workspace, "*");
    const pairs = ids.map((id) => pairOf(known, id));
    await decideIdentity(state, pairs, decision, author(context));
    return {
      zh: `已${decision === "accept" ? "确认" : "拒绝"} ${pairs.length} 条`,
      en: `${decision === "accept" ? "Accepted" : "Rejected"}: ${pairs.length}`,
    };
  });
}

/** Takes back the decision on `id`, without one the last decision. */
export async function undo(context: Context, id: string | undefined, flags: Flags): Promise<void> {
  const { workspace, state } = await openHere(context);
  await withBuild(context, workspace, state, flags, async () => {
    const pair = id === undefined ? null : pairOf(await suggestions(context, workspace, "*"), id);
    const undone = await undoIdentity(state, pair, author(context));
    if (!undone) {
      throw new UserError({
        zh: id === undefined ? "还没有可以撤销的决定" : `${id} 没有可以撤销的决定`,
        en: id === undefined ? "There is no decision to take back" : `There is no decision on ${id}`,
      });
    }
    return { zh: "已撤销", en: "Taken back" };
  });
}

/**
 * Decides, and builds where that was asked for. The lock comes before the decision: who is told to try again when another
 * command has finished must not take a second decision back by doing so.
 */
async function withBuild(
  context: Context,
  workspace: Workspace,
  state: Parameters<typeof build>[1],
  { build: isBuilding }: Flags,
  decideNow: () => Promise<Text>,
): Promise<void> {
  const work = async () => {
    const done = await decideNow();
    if (!isBuilding) return { done, built: null };
    const now = context.effects.now();
    return { done, built: await build(workspace, state, readCatalog(context.content.sql), { now }) };
  };
  const { done, built } = isBuilding ? await withLock(workspace.lock, work) : await work();
  print(context, { done: done.en, generation: built?.generation ?? null }, () =>
    say(context, {
      zh: `${done.zh}。${built ? "数字已重新计算。" : "下次 fupan build 或 fupan run 后数字跟着变（加 --build 马上算）。"}`,
      en: `${done.en}. ${built ? "The numbers are computed anew." : "The numbers follow with the next fupan build or fupan run (--build: at once)."}`,
    }),
  );
}

function pairOf(known: readonly Row[], id: string) {
  const row = known.find((one) => one["suggestion_id"] === id);
  if (!row) {
    throw new UserError(
      { zh: `没有编号为 ${id} 的身份建议`, en: `There is no identity suggestion ${id}` },
      {
        hint: {
          zh: "用 fupan identity suggest --all 看编号。",
          en: "See the ids with fupan identity suggest --all.",
        },
      },
    );
  }
  return {
    kind: String(row["kind"]),
    leftKey: String(row["left_key"]),
    rightKey: String(row["right_key"]),
    groupId: row["group_id"] === null ? null : String(row["group_id"]),
  };
}

function suggestions(context: Context, workspace: Workspace, status: string): Promise<Row[]> {
  return ask(context, workspace, "identity_suggestions", { status });
}

async function ask(
  context: Context,
  workspace: Workspace,
  query: string,
  params: Readonly<Record<string, string>>,
): Promise<Row[]> {
  const reader = readerOf(context, workspace);
  try {
    const rows = await reader.read((database) =>
      runQuery(database, readCatalog(context.content.sql), query, params),
    );
    if (rows) return rows;
  } finally {
    reader.close();
  }
  throw new UserError(
    { zh: "还没有算过，没有身份建议", en: "Nothing is built yet, so there are no suggestions" },
    { hint: { zh: "先运行 fupan run。", en: "Run fupan run first." } },
  );
}

function author(context: Context) {
  return { who: callerName(), at: context.effects.now() };
}
