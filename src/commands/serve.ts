import { UserError } from "../kit/errors.ts";
import { closeChromium } from "../report/chromium.ts";
import { createSource } from "../review/source.ts";
import { onlyServer, type Serving } from "../state/serving.ts";
import type { State } from "../state/state.ts";
import { listUsers } from "../state/users.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import type { Workspace } from "../workspace.ts";
import { type Context, openHere, say } from "./context.ts";
import { openDesk, thisProgram } from "./desk.ts";
import { renewed } from "./renew.ts";

export interface ServeFlags {
  host?: string;
  port?: string;
  /** Names under which others reach this server; any other in a request's Host is refused. */
  allowHost?: string[];
}

/** Of each question: the slowest of 10 million messages takes a tenth, and the largest list of a spreadsheet fits. */
const LIMITS = { ms: 30_000, rows: 500_000 };
const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

/** Serves the workspace until a signal. Without users, only this machine may look. */
export async function serve(context: Context, flags: ServeFlags): Promise<void> {
  const { workspace, state } = await openHere(context);
  await serveWorkspace(context, workspace, state, flags);
}

export async function serveWorkspace(
  context: Context,
  workspace: Workspace,
  state: State,
  flags: ServeFlags,
): Promise<void> {
  const host = flags.host ?? "127.0.0.1";
  // A name by which others reach it stands for a proxy that lets them in, whatever address is listened on.
  const outside = [host, ...(flags.allowHost ?? [])].find((name) => !LOOPBACK.includes(name));
  if (outside !== undefined && (await listUsers(state)).length === 0) {
    throw new UserError(
      {
        zh: `没有用户时只能在本机打开，不能给 ${outside} 用`,
        en: `Without users only this machine may look; ${outside} is refused`,
      },
      {
        hint: {
          zh: "先用 fupan user add 添加用户，或去掉 --host 和 --allow-host。",
          en: "Add users with fupan user add first, or leave out --host and --allow-host.",
        },
      },
    );
  }
  const port = Number(flags.port ?? 4680);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new UserError({ zh: `端口不对：${flags.port}`, en: `Bad port: ${flags.port}` });
  }
  const serving = await onlyServer(workspace);
  try {
    await serveAlone(context, workspace, state, { host, port, allowHost: flags.allowHost ?? [] }, serving);
  } finally {
    serving.end();
  }
}

async function serveAlone(
  context: Context,
  workspace: Workspace,
  state: State,
  { host, port, allowHost }: { host: string; port: number; allowHost: readonly string[] },
  serving: Serving,
): Promise<void> {
  const [{ createApp }, { listen }, { keepWarm }] = await Promise.all([
    import("../server/app.ts"),
    import("../server/listen.ts"),
    import("../server/warm.ts"),
  ]);
  const { source: published, close } = createSource(
    workspace.marts,
    readCatalog(context.content.sql),
    LIMITS,
  );
  const renewing = renewed(context, workspace, state, published, thisProgram());
  const { source } = renewing;
  const desk = openDesk(context, workspace, state, thisProgram());
  const app = await createApp({
    source,
    dashboards: context.content.dashboards,
    lang: context.lang,
    state,
    lists: workspace.lists,
    templates: context.content.plans.templates,
    reports: workspace.reports,
    desk,
    isRenewing: renewing.isRenewing,
    hosts: [...(LOOPBACK.includes(host) ? [] : [host]), ...allowHost],
    log: (line) => context.effects.log(JSON.stringify(line)),
  });
  const stopped = new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop());
  });
  // Whatever is wrong with the results is found before the first reader can see it.
  await renewing.begin(desk.jobs.isAfterKill);
  const server = await listen(app, { host, port }).catch((error) => {
    renewing.close();
    throw error;
  });
  serving.at(server.url);
  context.effects.log(
    say(context, {
      zh: `周报已就绪：${server.url}  （Ctrl+C 停止）`,
      en: `The review is at ${server.url}  (Ctrl+C stops)`,
    }),
  );
  const cool = keepWarm(source, server.url);
  await stopped;
  renewing.close();
  cool();
  desk.jobs.close();
  await closeChromium();
  await server.close();
  close();
}
