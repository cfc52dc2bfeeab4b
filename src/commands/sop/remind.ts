import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../config.ts";
import { UserError } from "../../kit/errors.ts";
import type { Robot } from "../../kit/robot.ts";
import { localDay } from "../../kit/time.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import { dueSteps } from "../../sop/due.ts";
import { addressOf } from "../../sop/remind/address.ts";
import { type Reminder, reminders } from "../../sop/remind/message.ts";
import { Pace } from "../../sop/remind/pace.ts";
import { send } from "../../sop/remind/send.ts";
import { claimReminder, settleReminder } from "../../state/reminders.ts";
import { readCatalog } from "../../warehouse/catalog.ts";
import type { Workspace } from "../../workspace.ts";
import { type Context, openHere, print, readerOf, say } from "../context.ts";

type Setting = Config["reminders"][number];

/** A run that comes late still announces what fell due a moment ago. */
const LATE_MINUTES = 10;

/**
 * Announces the steps that fall due soon to the group robots of fupan.yaml, each once. Meant to be run every few
 * minutes. What could not be sent is tried by the next run; then the command ends with the first reason.
 */
export async function remind(context: Context, { dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const { workspace, state } = await openHere(context);
  const settings = workspace.config.reminders;
  const chosen = settings.map((setting) => ({ setting, robot: robotOf(context, setting) }));
  if (chosen.length === 0) throw isOff(context);
  const now = context.effects.now();
  const made: {
    robot: string;
    key: string;
    text: string;
    status: "would_send" | "sent" | "failed" | "known";
  }[] = [];
  let problem: UserError | undefined;
  const paces = new Map<string, Pace>();
  for (const { setting, robot } of chosen) {
    const due = await dueSoon(context, workspace, setting, robot, now);
    if (dryRun) {
      made.push(
        ...due.map(({ key, text }) => ({ robot: robot.id, key, text, status: "would_send" as const })),
      );
      continue;
    }
    if (due.length === 0) continue;
    const address = addressOf(setting, (path) => resolve(workspace.root, path));
    const pace = paces.get(address.url) ?? new Pace(robot.limit);
    paces.set(address.url, pace);
    for (const { key, text } of due) {
      const claim = [robot.id, setting.role ?? "*", setting.group ?? "*", key].join(" ");
      const entry = { robot: robot.id, key, text };
      if (!(await claimReminder(state, claim, now))) {
        made.push({ ...entry, status: "known" });
        continue;
      }
      try {
        await send(robot, address, text, pace, { now: Date.now, sleep });
        await settleReminder(state, claim, now);
        made.push({ ...entry, status: "sent" });
      } catch (error) {
        await settleReminder(state, claim, null);
        if (!(error instanceof UserError)) throw error;
        problem ??= error;
        made.push({ ...entry, status: "failed" });
      }
    }
  }
  print(context, made, () => lines(context, made, dryRun));
  if (problem) throw problem;
}

function robotOf(context: Context, { robot: id }: Setting): Robot {
  const found = context.content.robots.find((one) => one.id === id);
  if (found) return found;
  const known = context.content.robots.map((one) => one.id).join("、");
  throw new UserError(
    {
      zh: `fupan.yaml 的 reminders：没有机器人 ${id}`,
      en: `reminders in fupan.yaml: no robot is called ${id}`,
    },
    { hint: { zh: `可用：${known}`, en: `Available: ${known}` } },
  );
}

function isOff(context: Context): UserError {
  const ids = context.content.robots.map(({ id }) => id).join(" | ");
  const example = `reminders: [{ robot: ${ids}, urlEnv: FUPAN_ROBOT_URL }]`;
  return new UserError(
    { zh: "提醒没有打开", en: "Reminders are off" },
    {
      hint: {
        zh: `在 fupan.yaml 写 ${example}，把机器人地址放进环境变量 FUPAN_ROBOT_URL。先看今天要做什么：fupan sop today`,
        en: `Write ${example} into fupan.yaml and put the robot's address into the variable. See what is due: fupan sop today`,
      },
    },
  );
}

/** Reminders from a moment ago to `aheadMinutes` from now, of the published plans. */
async function dueSoon(
  context: Context,
  workspace: Workspace,
  { role, group, aheadMinutes }: Setting,
  robot: Robot,
  now: Date,
): Promise<Reminder[]> {
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const [from, to] = [at(-LATE_MINUTES), at(aheadMinutes)];
  const day = (time: Date) => localDay(time, workspace.config.timezone);
  const reader = readerOf(context, workspace);
  try {
    const steps = await reader.read((database) =>
      dueSteps(database, readCatalog(context.content.sql), day(from), day(to), { role, group }),
    );
    if (!steps) throw nothingBuilt();
    const soon = steps.filter(({ dueAt }) => {
      const due = Date.parse(`${dueAt.replace(" ", "T")}Z`);
      return due >= from.getTime() && due <= to.getTime();
    });
    return reminders(soon, robot.maxBytes, context.lang);
  } finally {
    reader.close();
  }
}

function lines(
  context: Context,
  made: readonly { robot: string; text: string; status: string }[],
  dryRun: boolean,
): string {
  const count = (status: string) => made.filter((one) => one.status === status).length;
  if (dryRun) {
    const texts = made.map(({ robot, text }) => `→ ${robot}\n${text}`);
    return [
      say(context, { zh: `会发 ${made.length} 条提醒：`, en: `${made.length} reminders would be sent:` }),
      ...texts,
    ].join("\n\n");
  }
  return say(context, {
    zh: `发出 ${count("sent")} 条，之前发过 ${count("known")} 条，没发成 ${count("failed")} 条。`,
    en: `${count("sent")} sent, ${count("known")} sent before, ${count("failed")} failed.`,
  });
}
