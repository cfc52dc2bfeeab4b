#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command, CommanderError, Option } from "commander";
import { importers } from "../pipelines/index.ts";
import { lintWords } from "../pipelines/plans/shared/lint-words.ts";
import { robots } from "../pipelines/robots/index.ts";
import { ADMIN_HELP, adminCommands } from "./commands/admin-cli.ts";
import { campaignCommands } from "./commands/campaign/index.ts";
import type { Content, Context, Globals } from "./commands/context.ts";
import { give, outliveDisk, tell } from "./commands/output.ts";
import { sopCommands } from "./commands/sop/index.ts";
import { diskError } from "./kit/disk.ts";
import { QueryError, stackOf, UserError } from "./kit/errors.ts";
import { DATE_ORDERS } from "./kit/importer.ts";
import { pathError } from "./kit/paths.ts";
import { yieldToReaders } from "./kit/priority.ts";
import type { Lang, Text } from "./kit/say.ts";
import { printable } from "./kit/visible.ts";

/*
 * The composition root: the only file that knows the engine (src) and the content (pipelines, sql, dashboards, demo).
 * Each command is loaded when it is called, so that `fupan formats` does not pay for the server.
 */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const content: Content = {
  importers,
  sql: at("../sql"),
  dashboards: at("../dashboards"),
  version: String((JSON.parse(readFileSync(at("../package.json"), "utf8")) as { version: string }).version),
  plans: { templates: at("../pipelines/plans/templates"), words: lintWords },
  robots,
  writeDemo: async (root) => {
    const { writeDemoWorkspace } = await import("../fixtures/demo/workspace.ts");
    await writeDemoWorkspace(root);
  },
};

const HELP: Readonly<Record<string, Text>> = {
  init: { zh: "新建工作区", en: "make a workspace" },
  demo: {
    zh: "用虚构社群打开示例周报（--workspace 指定放在哪个空文件夹）",
    en: "serve the review of an invented community (--workspace: in which empty folder)",
  },
  identify: { zh: "看一个文件是哪种格式、为什么", en: "say which format a file is in, and why" },
  import: { zh: "导入文件或文件夹", en: "import files or folders" },
  build: { zh: "重新计算并发布", en: "compute everything anew and publish it" },
  run: {
    zh: "导入 inbox、计算、检查、存下完整一周的周报",
    en: "import the inbox, build, check, keep the finished week's report",
  },
  check: {
    zh: "导入损失、数据提醒、从导出到指标的对账",
    en: "import losses, data notices, from exports to KPIs",
  },
  review: { zh: "打印周报", en: "print the weekly review" },
  explain: { zh: "一个指标为什么变：拆成加起来正好的几部分", en: "why a KPI moved" },
  segments: {
    zh: "各分层的人数，或一个分层的名单（默认遮住名字）",
    en: "members by segment, or one segment as a list (names masked unless asked)",
  },
  campaign: { zh: "唤醒活动：定名单留对照、列出、看效果", en: "wake-up campaigns with their holdout" },
  sql: { zh: "对已发布的数据跑一条 SELECT", en: "run one SELECT on the published data" },
  label: {
    zh: "改一条消息的标签，或列出改过的",
    en: "correct a label of a message, or list the corrections",
  },
  serve: { zh: "在浏览器里看周报", en: "serve the review to a browser" },
  ...ADMIN_HELP,
  formats: { zh: "列出能导入的格式", en: "list the formats that can be imported" },
  kpis: { zh: "列出指标和口径", en: "list the KPIs and their definitions" },
  rules: { zh: "列出 SOP 规则和门槛", en: "list the SOP rules and their thresholds" },
  sop: {
    zh: "SOP：模板、检查、比较、日历、今天、提醒、执行情况",
    en: "SOP plans: templates, lint, diff, calendar, today, reminders, adherence",
  },
  suggestions: {
    zh: "本周建议：列出、看依据、采纳、不采纳、改写、标记完成（list | show | accept | reject | edit | done）",
    en: "the week's suggestions: list, show, accept, reject, edit, done",
  },
};

/** Commands whose work can wait: whoever looks at a page meanwhile comes first. */
const YIELDING = ["import", "import-job", "build", "run", "label"];

/** The context of the command that runs: a workspace's language is known only when it has been opened. */
let running: Context | undefined;

function program(): Command {
  const root = new Command("fupan");
  root
    .version(content.version)
    .description("复盘：卖货社群的每周复盘 · the weekly review for communities that sell")
    .option("--workspace <dir>", "工作区文件夹 · folder of the workspace")
    .option("--json", "机器可读输出 · machine-readable output")
    .addOption(new Option("--lang <lang>", "语言 · language").choices(["zh", "en"]))
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(printable(text.replace(/^error: /, "用法不对 · wrong call: "))),
    })
    .showHelpAfterError("用 fupan 命令 --help 看用法 · see fupan COMMAND --help")
    .configureHelp({ showGlobalOptions: true })
    .hook("preAction", (_root, self) => {
      if (YIELDING.includes(self.name())) yieldToReaders();
    });
  const command = (usage: string) => {
    const [name = ""] = usage.split(" ");
    return root.command(usage).description(`${HELP[name]?.zh ?? ""} · ${HELP[name]?.en ?? ""}`);
  };
  const context = (self: Command): Context => {
    const globals = self.optsWithGlobals<Globals>();
    running = {
      content,
      globals,
      lang: globals.lang ?? "zh",
      effects: {
        out: give,
        ...(process.stdout.isTTY ? {} : { bytes: (data: Buffer) => process.stdout.write(data) }),
        log: tell,
        now: () => new Date(),
      },
    };
    return running;
  };

  command("init [dir]").action(async (dir, _options, self) =>
    (await import("./commands/init.ts")).init(context(self), dir),
  );
  command("demo")
    .option("--port <port>", "端口 · port", "4680")
    .option("--build", "只生成，不打开服务 · only make it, do not serve")
    .action(async (options, self) => (await import("./commands/demo.ts")).demo(context(self), options));
  command("identify <files...>").action(async (files, _options, self) =>
    (await import("./commands/identify.ts")).identifyFiles(context(self), files),
  );
  command("import <paths...>")
    .option("--as <id>", "指定格式 · name the format")
    .option("--group <id>", "指定群 · name the group")
    .option("--mapping <file>", "列映射 YAML · column map as YAML")
    .option("--as-of <time>", "导出时间 · when the export was made")
    .addOption(
      new Option("--date-order <order>", "日期的顺序 · order of the dates").choices([...DATE_ORDERS]),
    )
    .option("--date <day>", "没有日期的记录是哪一天 · the day of a log without dates")
    .option("--timezone <zone>", "文件里时间的时区 · zone of the file's times")
    .option("--dry-run", "只检查，不入库 · check only")
    .action(async (paths, options, self) =>
      (await import("./commands/import.ts")).importPaths(context(self), paths, options),
    );
  command("build")
    .option(
      "--full",
      "全部重算，不沿用上一版已经判断过的周 · compute everything anew, also weeks already judged",
    )
    .option("--as-of <time>", "当作这一刻来算 · as known at this moment")
    .action(async (options, self) =>
      (await import("./commands/build.ts")).buildCommand(context(self), options),
    );
  command("run").action(async (_options, self) => (await import("./commands/run.ts")).run(context(self)));
  command("check").action(async (_options, self) =>
    (await import("./commands/check.ts")).check(context(self)),
  );
  command("review")
    .option("--week <week>", "哪一周，如 2026-W47 · which week")
    .option("--group <id>", "哪个群 · which group")
    .option("--format <format>", "json | md | html | pdf | xlsx | png")
    .option("--out <file>", "写到文件 · write to a file")
    .action(async (options, self) =>
      (await import("./commands/review.ts")).reviewCommand(context(self), options),
    );
  command("explain <kpi>")
    .option("--week <week>", "哪一周，如 2026-W47 · which week")
    .option("--group <id>", "哪个群 · which group")
    .option("--by <dimension>", "按什么拆：group | tier | source | tenure | segment · split by what")
    .action(async (kpi, options, self) =>
      (await import("./commands/explain.ts")).explainCommand(context(self), kpi, options),
    );
  command("segments")
    .option("--segment <segment>", "new | dormant | repeat | active | quiet | left")
    .option("--week <week>", "哪一周，如 2026-W47 · which week")
    .option("--group <id>", "哪个群 · which group")
    .addOption(new Option("--format <format>", "格式 · format").choices(["text", "csv", "xlsx", "json"]))
    .option("--out <file>", "写到文件 · write to a file")
    .option("--names", "不遮名字 · names in full")
    .action(async (options, self) =>
      (await import("./commands/segments.ts")).segments(context(self), options),
    );
  campaignCommands(command("campaign"), context);
  command("sql <select>")
    .option("--format <format>", "table | json | csv | arrow | parquet")
    .option("--out <file>", "写到文件 · write to a file")
    .action(async (select, options, self) =>
      (await import("./commands/sql.ts")).sql(context(self), select, options),
    );
  command("label [message] [label]")
    .option("--off", "去掉这个标签 · take the label off")
    .option("--by <name>", "谁改的 · who says so")
    .action(async (message, label, options, self) =>
      (await import("./commands/label.ts")).labelCommand(context(self), message, label, options),
    );
  command("serve")
    .option("--host <host>", "地址 · address", "127.0.0.1")
    .option("--allow-host <names...>", "别人用来访问的域名 · names by which others reach it")
    .option("--port <port>", "端口 · port", "4680")
    .action(async (options, self) => (await import("./commands/serve.ts")).serve(context(self), options));
  adminCommands(command, context);
  for (const name of ["formats", "kpis", "rules"] as const)
    command(name).action(async (_options, self) =>
      (await import("./commands/catalogues.ts"))[name](context(self)),
    );
  sopCommands(command("sop"), context);
  const suggestions = command("suggestions");
  const by = ["--by <who>", "谁做的决定 · who decides"] as const;
  suggestions
    .command("list", { isDefault: true })
    .description("列出一周的建议 · list the suggestions of a week")
    .option("--week <week>", "哪一周，如 2026-W47 · which week")
    .option("--group <id>", "哪个群 · which group")
    .action(async (options, self) =>
      (await import("./commands/suggestions.ts")).listSuggestions(context(self), options),
    );
  suggestions
    .command("show <id>")
    .description("一条建议的全部依据：数字、门槛、明细、误报、出处 · everything a suggestion rests on")
    .action(async (id, _options, self) =>
      (await import("./commands/suggestions.ts")).showSuggestion(context(self), id),
    );
  const decide = (step: "accept" | "reject" | "edit" | "done", description: string) =>
    suggestions
      .command(`${step} <id>`)
      .description(description)
      .option(...by)
      .action(async (id, options, self) =>
        (await import("./commands/suggestions.ts")).decideSuggestion(context(self), step, id, options),
      );
  decide("accept", "采纳，变成行动 · accept: it becomes an action")
    .option("--owner <who>", "谁负责 · who is responsible")
    .option("--due <day>", "哪天前，如 2026-11-30 · until when");
  decide("reject", "不采纳，写明原因 · reject with a reason").option("--reason <text>", "原因 · why");
  decide("edit", "改写建议、负责人或日期 · change the wording, owner or day")
    .option("--text <text>", "新的写法 · the new wording")
    .option("--owner <who>", "谁负责 · who is responsible")
    .option("--due <day>", "哪天前 · until when");
  decide("done", "标记完成 · tick as done");
  root
    .command("dictionary", { hidden: true })
    .action(async (_options, self) => (await import("./commands/catalogues.ts")).dictionary(context(self)));
  root
    .command("import-job <file>", { hidden: true })
    .action(async (file, _options, self) =>
      (await import("./commands/import-job.ts")).importJob(context(self), file),
    );
  root.command("commands", { hidden: true }).action((_options, self: Command) => {
    const list = root.commands
      .filter((one) => HELP[one.name()])
      .map((one) => ({
        name: one.name(),
        usage: `fupan ${one.name()} ${one.usage()}`.trim(),
        description: HELP[one.name()],
      }));
    context(self).effects.out(JSON.stringify(list, null, 2));
  });
  return root;
}

// Exports, facts and reports hold personal data: what this program writes is its owner's alone.
process.umask(0o077);
// As `node --disable-proto=delete`, which a bin can't ask of whoever starts it: no key of what is read can reach the
// prototype that all objects share. Node's own way of doing without it, so packages are used to it.
Reflect.deleteProperty(Object.prototype, "__proto__");

/** 0 ok · 1 the user's or the data's problem · 70 a bug. */
async function main(): Promise<void> {
  const root = program();
  const lang = (): Lang => running?.lang ?? root.opts<Globals>().lang ?? "zh";
  outliveDisk(lang);
  try {
    await root.parseAsync();
  } catch (error) {
    const told = error instanceof UserError ? error : (diskError(error) ?? pathError(error));
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 1;
      return;
    }
    const words = told?.in(lang()) ?? (error instanceof QueryError ? error.message : undefined);
    tell(words ?? stackOf(error));
    process.exitCode = words === undefined ? 70 : 1;
  }
}

await main();
