import { writeFileSync } from "node:fs";
import { z } from "zod";
import { LIST_COLUMNS, launch, treatedRows } from "../../campaigns/launch.ts";
import { Campaigns } from "../../campaigns/store.ts";
import { UserError } from "../../kit/errors.ts";
import { assertWritable } from "../../kit/paths.ts";
import { inCells, masked } from "../../review/lists.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import { createSource } from "../../review/source.ts";
import { addDays } from "../../review/weeks.ts";
import { toCsv } from "../../server/csv.ts";
import { readCatalog } from "../../warehouse/catalog.ts";
import { auditExport, callerName } from "../audited.ts";
import { type Context, callerPath, openHere, print, say } from "../context.ts";

export interface CreateFlags {
  title: string;
  segment: string;
  days: string;
  message: string;
  why?: string;
  week?: string;
  group?: string;
  from?: string;
  out?: string;
  names?: boolean;
}

const MOST_DAYS = 90;

/** Fixes a wake-up list with its holdout; whom to write to goes into a file where one is named. */
export async function createCampaign(context: Context, flags: CreateFlags): Promise<void> {
  const { workspace, state } = await openHere(context);
  const days = Number(flags.days);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new UserError({
      zh: `--days 要是 1 到 ${MOST_DAYS} 的整数`,
      en: `--days is a whole number from 1 to ${MOST_DAYS}`,
    });
  if (flags.from !== undefined && !z.iso.date().safeParse(flags.from).success)
    throw new UserError(
      { zh: `--from ${flags.from} 不是日期`, en: `--from ${flags.from} is no day` },
      { hint: { zh: "写成 2026-11-30", en: "Write it as 2026-11-30" } },
    );
  // Who is left alone is drawn once and for all: not before the list has a place to go.
  if (flags.out !== undefined) assertWritable(callerPath(flags.out));
  const campaigns = new Campaigns(workspace.lists);
  const { source, close } = createSource(workspace.marts, readCatalog(context.content.sql));
  try {
    const made = await source.read(async (generation) => {
      const group = flags.group ?? "*";
      const { to } = await generation.scope({ week: flags.week, group });
      const { title, segment, message, week, why = null } = flags;
      const from = flags.from ?? addDays(to, 1);
      const by = { name: callerName(), at: context.effects.now() };
      const campaign = await launch(
        generation,
        campaigns,
        { title, from, days, message, week, group, segment, why, q: "" },
        by,
      );
      const people = await treatedRows(generation, campaign);
      const rows = people.map((row) => inCells(flags.names ? row : masked(row)));
      return { campaign, csv: toCsv(LIST_COLUMNS, rows) };
    });
    if (!made) throw nothingBuilt();
    const { id, title, list, from, to, treated, held } = made.campaign;
    if (flags.out !== undefined) {
      const path = callerPath(flags.out);
      const what = { command: "campaign create", id, names: flags.names ?? false, rows: treated.length };
      await auditExport(context, state, what, made.csv);
      writeFileSync(path, made.csv, { mode: 0o600 });
    }
    const shown = { id, title, list, from, to, written: treated.length, held: held.length };
    print(context, shown, () =>
      say(context, {
        zh: `${id} ${title}：联系 ${treated.length} 人，随机留出 ${held.length} 人不联系；${from} 到 ${to} 回来的算数。\n名单：${flags.out ?? `网页 /campaigns/${id}.csv，或 --out 文件`}`,
        en: `${id} ${title}: ${treated.length} to write to, ${held.length} left alone by lot; returns from ${from} to ${to} count.\nThe list: ${flags.out ?? `/campaigns/${id}.csv on the page, or --out FILE`}`,
      }),
    );
  } finally {
    close();
  }
}
