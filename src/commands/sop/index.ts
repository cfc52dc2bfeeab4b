import { type Command, Option } from "commander";
import type { Context } from "../context.ts";

/** The subcommands of `fupan sop`. Each is loaded when it is called. */
export function sopCommands(sop: Command, context: (self: Command) => Context): void {
  const out = ["--out <file>", "写到文件 · write to a file"] as const;
  const scope = (command: Command) =>
    command
      .option("--week <week>", "哪一周，如 2026-W47 · which week")
      .option("--group <id>", "哪个群 · which group");
  sop
    .command("template [kind]")
    .description("空白计划模板；不写种类则列出 · a blank plan; without a kind, the list of them")
    .addOption(
      new Option("--format <format>", "格式 · format")
        .choices(["yaml", "xlsx", "csv", "md", "html"])
        .default("yaml"),
    )
    .option(...out)
    .action(async (kind, options, self) =>
      (await import("./template.ts")).template(context(self), kind, options),
    );
  sop
    .command("lint [files...]")
    .description("检查计划，指出文件和行 · check plans, naming file and line")
    .action(async (files, _options, self) => (await import("./lint.ts")).lintPlans(context(self), files));
  sop
    .command("diff <before> <after>")
    .description("两版计划差在哪 · what a new version of a plan changes")
    .action(async (before, after, _options, self) =>
      (await import("./diff.ts")).diff(context(self), before, after),
    );
  scope(sop.command("calendar"))
    .description("一周里哪天谁做什么 · what falls due in a week, by day and role")
    .option("--role <role>", "哪个角色 · which role")
    .addOption(new Option("--format <format>", "格式 · format").choices(["md", "ics", "json"]).default("md"))
    .option(...out)
    .action(async (options, self) => (await import("./calendar.ts")).calendar(context(self), options));
  sop
    .command("today")
    .description("今天要做的，带可复制的话术 · what is due today, with the scripts to copy")
    .option("--day <day>", "哪一天，如 2026-11-23 · which day")
    .option("--group <id>", "哪个群 · which group")
    .option("--role <role>", "哪个角色 · which role")
    .action(async (options, self) => (await import("./calendar.ts")).today(context(self), options));
  sop
    .command("remind")
    .description(
      "把快到点的步骤推给群机器人（默认关闭）· announce due steps to a group robot (off by default)",
    )
    .option("--dry-run", "只看会发什么 · only show what would be sent")
    .action(async (options, self) => (await import("./remind.ts")).remind(context(self), options));
  scope(sop.command("adherence"))
    .description("计划的步骤真的发了吗 · what became of the due steps, from the log")
    .action(async (options, self) => (await import("./adherence.ts")).adherence(context(self), options));
}
