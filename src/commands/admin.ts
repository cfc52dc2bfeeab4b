import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backup } from "../admin/backup.ts";
import { exportPerson } from "../admin/export-person.ts";
import { forget } from "../admin/forget.ts";
import { mentionsIn } from "../admin/mentions.ts";
import { findPerson } from "../admin/person.ts";
import { restore } from "../admin/restore.ts";
import { verify } from "../admin/verify.ts";
import { UserError } from "../kit/errors.ts";
import { visible } from "../kit/visible.ts";
import { type AuditHead, headText, parseHead } from "../state/audit.ts";
import { listParts } from "../state/ledger.ts";
import { withLock } from "../state/lock.ts";
import { build, buildWhatIsLeft } from "../warehouse/build.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { auditExport, auditLineOf, callerName } from "./audited.ts";
import { type Context, callerPath, openHere, print, say } from "./context.ts";

/** Reads every file of the workspace and compares it with what the ledger says. */
export async function verifyCommand(context: Context, flags: { audit?: string }): Promise<void> {
  const { workspace, state } = await openHere(context);
  const noted = flags.audit === undefined ? null : parseHead(flags.audit);
  if (flags.audit !== undefined && !noted) {
    throw new UserError(
      { zh: `--audit 不对：${flags.audit}`, en: `Bad --audit: ${flags.audit}` },
      {
        hint: {
          zh: "写法是 12:0a1b2c3d…，就是以前 fupan verify 或 fupan backup 打印的那一串。",
          en: "It looks like 12:0a1b2c3d…, as fupan verify or fupan backup once printed it.",
        },
      },
    );
  }
  const found = await withLock(workspace.lock, () => verify(workspace, state, noted));
  print(context, found, () =>
    [
      ...found.problems.map(({ path, what }) => `✗ ${path} ${what[context.lang]}`),
      say(context, {
        zh: `${found.imports} 次导入，${found.parts} 个数据文件，${found.rows} 行；${found.problems.length === 0 ? "全部完好" : `${found.problems.length} 处有问题`}`,
        en: `${found.imports} imports, ${found.parts} parts, ${found.rows} rows; ${found.problems.length === 0 ? "all sound" : `problems: ${found.problems.length}`}`,
      }),
      ...(found.leftovers > 0
        ? [
            say(context, {
              zh: `! lake 里有 ${found.leftovers} 个没有登记的文件，多半是中断的导入留下的，下次导入会删掉。如果刚把旧的 state.duckdb 换了回来，先把新的放回原处：那里面可能是后来导入的数据。`,
              en: `! Files in lake that nothing lists: ${found.leftovers}, as interrupted imports leave them; the next import deletes them. If an older state.duckdb was put back, put the newer one in its place first: what was imported since may be in them.`,
            }),
          ]
        : []),
      auditLine(context, found.audit),
    ].join("\n"),
  );
  if (found.problems.length > 0) process.exitCode = 1;
}

export async function backupCommand(context: Context, folder: string | undefined): Promise<void> {
  const { workspace, state } = await openHere(context);
  const now = context.effects.now();
  const name = `fupan-backup-${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}`;
  const to = callerPath(folder ?? join(workspace.root, "backups", name));
  const manifest = await withLock(workspace.lock, () => backup(workspace, state, to, now));
  const head = parseHead(manifest.audit ?? "");
  print(context, { folder: to, files: manifest.files.length, audit: manifest.audit }, () =>
    [
      say(context, {
        zh: `已备份 ${manifest.files.length} 个文件到 ${to}。里面有个人信息，请放在安全的地方。`,
        en: `Backed up ${manifest.files.length} files to ${to}. It holds personal data: keep it safe.`,
      }),
      ...(head ? [auditLine(context, head)] : []),
    ].join("\n"),
  );
}

/** To be noted down outside of this machine: whoever may write to all files of a workspace can cut its audit. */
function auditLine(context: Context, { entries, hash }: AuditHead): string {
  if (entries === 0) return say(context, { zh: "审计还没有记录", en: "The audit has no entry yet" });
  const note = headText({ entries, hash: hash.slice(0, 16) });
  return say(context, {
    zh: `审计 ${entries} 条。抄在别处：${note}，以后用 fupan verify --audit ${note} 查有没有少`,
    en: `${entries} audit entries. Note elsewhere: ${note}; fupan verify --audit ${note} tells later whether any is gone`,
  });
}

export async function restoreCommand(context: Context, from: string): Promise<void> {
  const root = callerPath(context.globals.workspace ?? ".");
  let generation: string | null = null;
  await restore(callerPath(from), root, async () => {
    const { workspace, state } = await openHere(context);
    if ((await listParts(state)).length === 0) return;
    const now = context.effects.now();
    const built = await withLock(workspace.lock, () =>
      build(workspace, state, readCatalog(context.content.sql), { now }),
    );
    generation = built.generation;
  });
  print(context, { workspace: root, generation }, () =>
    say(context, { zh: `已恢复到 ${root}，并重新算好。`, en: `Restored to ${root} and computed anew.` }),
  );
}

/** Without `--yes` it only says what would go: it can't be taken back. */
export async function forgetCommand(
  context: Context,
  wanted: string,
  { yes }: { yes?: boolean },
): Promise<void> {
  const { workspace, state } = await openHere(context);
  const catalog = readCatalog(context.content.sql);
  if (!yes) {
    const { keys } = await findPerson(workspace, state, catalog, wanted);
    throw new UserError(
      {
        zh: `找到这个人（${keys.length} 个账号）。删除后不能恢复。`,
        en: `Found (${keys.length} ids). Deleting can't be undone.`,
      },
      { hint: { zh: "确认删除请加 --yes。", en: "Add --yes to delete." } },
    );
  }
  const by = { who: callerName(), at: context.effects.now() };
  // Whose deletion it was is what must not be kept: the tombstones say when and by whom.
  const entry = auditLineOf(context, "person forgotten", {});
  const done = await withLock(workspace.lock, () =>
    forget(
      workspace,
      state,
      catalog,
      wanted,
      by,
      async () => {
        await buildWhatIsLeft(workspace, state, catalog, { now: context.effects.now() });
      },
      entry,
    ),
  );
  const backups = existsSync(join(workspace.root, "backups"));
  print(context, { ...done, backups }, () =>
    [
      say(context, {
        zh: "已删除，以后再导入旧文件也不会带回来。别人写到这个人的文字不会删。",
        en: "Deleted; older exports will not bring this person back. What others wrote about them stays.",
      }),
      ...(Object.keys(done.mentions).length > 0
        ? [
            say(context, {
              zh: `! 还有写到这个人的名字、账号或号码的：${mentionsIn(done.mentions).zh}。群名、日历和计划：在导入页撤销那次导入，改好文件再导入。换了叫法的找不出来`,
              en: `! A name, id or number of this person still stands in ${mentionsIn(done.mentions).en}. Names of groups, calendars and plans: undo that import on the imports page, mend the file and import it again. Where they are called otherwise can't be found.`,
            }),
          ]
        : []),
      ...(done.isCommon
        ? [
            say(context, {
              zh: "! 名字或账号里有太普通的写法（太短，或像数字、单词），存下的周报和名单没有按它查找，请自己看一眼",
              en: "! A name or id is too common a text (short, a figure or a word): kept reports and lists were not searched for it. Look through them.",
            }),
          ]
        : []),
      ...(done.isInSettings
        ? [
            say(context, {
              zh: "! fupan.yaml 里还写着这个人（staff、bots、jobs 或 optOut），请自己删掉",
              en: "! fupan.yaml still names this person (staff, bots, jobs or optOut): take that out",
            }),
          ]
        : []),
      ...(done.isInAccounts
        ? [
            say(context, {
              zh: "! 网页用户、审计或操作记录里还有这个人的名字或账号：谁做了什么要留底，没有改。不再用的用户请 fupan user remove",
              en: "! Accounts, the audit or what says who did what still name this person: that is kept. Remove a user that is no longer needed with fupan user remove.",
            }),
          ]
        : []),
      ...done.raw.map((file) =>
        say(context, {
          zh: `! 原始导出里还有：${visible(file)}，请自行删除`,
          en: `! Still in a raw export: ${visible(file)}. Delete it.`,
        }),
      ),
      ...(backups
        ? [
            say(context, {
              zh: "! backups 里的旧备份还有这个人，请删除旧备份",
              en: "! Older backups still hold this person: delete them",
            }),
          ]
        : []),
    ].join("\n"),
  );
}

/** Everything held about one person, as JSON: to a file only the user can read, or to stdout. */
export async function exportPersonCommand(
  context: Context,
  wanted: string,
  { out }: { out?: string },
): Promise<void> {
  const { workspace, state } = await openHere(context);
  const held = await exportPerson(workspace, state, readCatalog(context.content.sql), wanted);
  const text = JSON.stringify(held, null, 2);
  const rows = held.refused.length + Object.values(held.facts).reduce((sum, { length }) => sum + length, 0);
  await auditExport(context, state, { command: "export-person", rows }, text);
  if (out === undefined) return context.effects.out(text);
  writeFileSync(callerPath(out), `${text}\n`, { mode: 0o600 });
  print(context, { file: callerPath(out) }, () =>
    say(context, { zh: `已写到 ${out}`, en: `Written to ${out}` }),
  );
}
