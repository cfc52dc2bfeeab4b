import type { Command } from "commander";
import type { Context } from "../context.ts";

/** The subcommands of `fupan campaign`. Each is loaded when it is called. */
export function campaignCommands(campaign: Command, context: (self: Command) => Context): void {
  campaign
    .command("create")
    .description(
      "定下一份唤醒名单，随机留出五分之一作对照 · fix a wake-up list, a fifth of it left alone by lot",
    )
    .requiredOption("--title <title>", "叫什么 · what it is called")
    .option("--segment <segment>", "new | dormant | repeat | active | quiet | left", "dormant")
    .option("--why <reason>", "只要这个原因的，如 lapsed_buyer · only those with this reason")
    .option("--week <week>", "哪一周的名单，如 2026-W47 · the list of which week")
    .option("--group <id>", "哪个群 · which group")
    .option("--from <day>", "哪天开始算，默认名单那周的下一天 · the first day that counts")
    .option("--days <days>", "算几天 · how many days count", "14")
    .option("--message <text>", "打算说什么 · what they will be told", "")
    .option("--out <file>", "把要联系的人写成 CSV · whom to write to, as CSV")
    .option("--names", "CSV 里不遮名字 · names in full in the CSV")
    .action(async (options, self) => (await import("./create.ts")).createCampaign(context(self), options));
  campaign
    .command("list", { isDefault: true })
    .description("列出活动和到现在的效果 · campaigns with what they brought so far")
    .action(async (_options, self) => (await import("./results.ts")).listCampaigns(context(self)));
  campaign
    .command("result <id>")
    .description("一次活动：联系的和没联系的各回来多少 · both sides of one campaign")
    .action(async (id, _options, self) => (await import("./results.ts")).campaignResult(context(self), id));
}
