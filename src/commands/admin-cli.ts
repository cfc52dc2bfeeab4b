import { type Command, Option } from "commander";
import type { Text } from "../kit/say.ts";
import { ROLES } from "../state/users.ts";
import type { Context } from "./context.ts";

export const ADMIN_HELP: Readonly<Record<string, Text>> = {
  identity: {
    zh: "谁是谁：看建议、确认、拒绝、撤销",
    en: "who is who: suggestions, accept, reject, undo",
  },
  user: {
    zh: "能登录网页的人：添加、换密码、列出、移除",
    en: "who may sign in: add, another password, list, remove",
  },
  verify: { zh: "逐个核对所有文件是否完好", en: "compare every file with what was written" },
  backup: { zh: "备份到一个文件夹", en: "back up into a folder" },
  restore: { zh: "从备份恢复到空文件夹", en: "restore a backup into an empty folder" },
  forget: { zh: "删除一个人的全部数据", en: "delete everything about one person" },
  "export-person": { zh: "导出一个人的全部数据", en: "export everything about one person" },
};

/** The commands about people, users and the workspace as a whole. */
export function adminCommands(
  command: (usage: string) => Command,
  context: (self: Command) => Context,
): void {
  const identity = command("identity");
  const identities = () => import("./identity.ts");
  const rebuild = ["--build", "马上重算 · compute anew at once"] as const;
  identity
    .command("suggest")
    .description("列出建议 · list suggestions")
    .option("--all", "连同已决定的 · with those decided on")
    .action(async (options, self) => (await identities()).suggestIdentity(context(self), options));
  for (const decision of ["accept", "reject"] as const) {
    identity
      .command(`${decision} <ids...>`)
      .description(decision === "accept" ? "是同一个人 · one person" : "不是同一个人 · not one person")
      .option(...rebuild)
      .action(async (ids, options, self) =>
        (await identities()).decide(context(self), decision, ids, options),
      );
  }
  identity
    .command("undo [id]")
    .description("撤销一个决定，默认最近一个 · take a decision back, by default the last one")
    .option(...rebuild)
    .action(async (id, options, self) => (await identities()).undo(context(self), id, options));
  const user = command("user");
  const users = () => import("./user.ts");
  user
    .command("add <name>")
    .description("添加 · add")
    .addOption(new Option("--role <role>", "角色 · role").choices([...ROLES]).makeOptionMandatory())
    .option("--group <ids...>", "团长负责的群 · groups of a leader")
    .option("--password-stdin", "从标准输入读密码 · read the password from stdin")
    .action(async (name, options, self) => (await users()).addUserCommand(context(self), name, options));
  user
    .command("password <name>")
    .description("换密码，登录全部结束 · another password, every sign-in ends")
    .option("--password-stdin", "从标准输入读密码 · read the password from stdin")
    .action(async (name, options, self) => (await users()).setPasswordCommand(context(self), name, options));
  user
    .command("list")
    .description("列出 · list")
    .action(async (_options, self) => (await users()).listUsersCommand(context(self)));
  user
    .command("remove <name>")
    .description("移除 · remove")
    .action(async (name, _options, self) => (await users()).removeUserCommand(context(self), name));
  const admin = () => import("./admin.ts");
  command("verify")
    .option("--audit <head>", "以前抄下的审计条数和指纹 · audit entries and hash as noted down before")
    .action(async (options, self) => (await admin()).verifyCommand(context(self), options));
  command("backup [folder]").action(async (folder, _options, self) =>
    (await admin()).backupCommand(context(self), folder),
  );
  command("restore <backup>").action(async (from, _options, self) =>
    (await admin()).restoreCommand(context(self), from),
  );
  command("forget <person>")
    .option("--yes", "真的删除 · really delete")
    .action(async (person, options, self) => (await admin()).forgetCommand(context(self), person, options));
  command("export-person <person>")
    .option("--out <file>", "写到文件 · write to a file")
    .action(async (person, options, self) =>
      (await admin()).exportPersonCommand(context(self), person, options),
    );
}
