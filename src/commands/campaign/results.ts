import type { Campaign } from "../../campaigns/campaign.ts";
import { standingOf } from "../../campaigns/launch.ts";
import { type Outcome, shareOf } from "../../campaigns/outcome.ts";
import { Campaigns } from "../../campaigns/store.ts";
import { UserError } from "../../kit/errors.ts";
import { shownValue } from "../../review/format.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import { createSource } from "../../review/source.ts";
import { outcomeText, stateText } from "../../server/page/campaigns.ts";
import { readCatalog } from "../../warehouse/catalog.ts";
import { type Context, openHere, print, say } from "../context.ts";

interface Line {
  campaign: Campaign;
  outcome: Outcome;
}

/** Every campaign, newest first, with what it brought so far. */
export async function listCampaigns(context: Context): Promise<void> {
  const lines = await linesOf(context, (all) => all);
  print(context, lines.map(told), () =>
    lines.length === 0
      ? say(context, {
          zh: "还没有唤醒活动。用 fupan campaign create --title 名字 定下一份名单。",
          en: "There is no campaign yet. fupan campaign create --title NAME fixes a list.",
        })
      : lines
          .map(
            ({ campaign, outcome }) =>
              `${campaign.id} ${campaign.title} · ${campaign.from} – ${campaign.to} · ${outcomeText(outcome, context.lang)}`,
          )
          .join("\n"),
  );
}

/** One campaign: those written to and those left alone, side by side. @throws UserError for an unknown id. */
export async function campaignResult(context: Context, id: string): Promise<void> {
  const [line] = await linesOf(context, (all) => all.filter((one) => one.id === id));
  if (!line)
    throw new UserError(
      { zh: `没有这个活动：${id}`, en: `There is no such campaign: ${id}` },
      { hint: { zh: "fupan campaign list 列出全部", en: "fupan campaign list shows all of them" } },
    );
  const { campaign, outcome } = line;
  print(context, told(line), () =>
    [
      `# ${campaign.title}（${campaign.from} – ${campaign.to}）`,
      outcomeText(outcome, context.lang),
      stateText(campaign, outcome, context.lang),
      "",
      armText(context, say(context, { zh: "联系了", en: "Written to" }), outcome.treated),
      armText(context, say(context, { zh: "没联系", en: "Left alone" }), outcome.held),
    ].join("\n"),
  );
}

async function linesOf(context: Context, choose: (all: Campaign[]) => Campaign[]): Promise<Line[]> {
  const { workspace } = await openHere(context);
  const chosen = choose(new Campaigns(workspace.lists).list());
  if (chosen.length === 0) return [];
  const { source, close } = createSource(workspace.marts, readCatalog(context.content.sql));
  try {
    const lines = await source.read((generation) =>
      Promise.all(
        chosen.map(async (campaign) => ({ campaign, outcome: await standingOf(generation, campaign) })),
      ),
    );
    if (!lines) throw nothingBuilt();
    return lines;
  } finally {
    close();
  }
}

/** As JSON: how many there are, never who. */
function told({ campaign: { treated: _treated, held: _held, ...campaign }, outcome }: Line) {
  return { ...campaign, outcome };
}

function armText(context: Context, name: string, arm: Outcome["treated"]): string {
  const { people, spoke, bought, value } = arm;
  const [returned, share] = [arm.returned ?? "—", shownValue(shareOf(arm), "ratio")];
  return say(context, {
    zh: `${name} ${people} 人：回来 ${returned}（${share}），发言 ${spoke ?? "—"}，下单 ${bought ?? "—"}，净成交 ${shownValue(value, "money")}`,
    en: `${name} ${people}: ${returned} came back (${share}), ${spoke ?? "—"} spoke, ${bought ?? "—"} bought, net ${shownValue(value, "money")}`,
  });
}
