import { withLock } from "../state/lock.ts";
import { type BuildResult, build } from "../warehouse/build.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { type Context, openHere, print, say } from "./context.ts";

export interface BuildFlags {
  full?: boolean;
  asOf?: string;
}

/** Builds every model into a new generation and publishes it; with `--full` nothing is taken over from the one before. */
export async function buildCommand(context: Context, flags: BuildFlags): Promise<void> {
  const { workspace, state } = await openHere(context);
  const result = await withLock(workspace.lock, () =>
    build(workspace, state, readCatalog(context.content.sql), {
      asOf: flags.asOf,
      full: flags.full,
      now: context.effects.now(),
    }),
  );
  print(context, result, () => buildLines(context, result));
}

export function buildLines(context: Context, { generation, asOf, warnings, retired }: BuildResult): string {
  const head = say(context, {
    zh: `已算好：第 ${generation} 版，数据截至 ${asOf}（UTC）`,
    en: `Built generation ${generation}, data as of ${asOf} (UTC)`,
  });
  const past = retired.map(({ fact, before, rows }) =>
    before === ""
      ? say(context, {
          zh: `  过了保留期：${rows} 条联系方式，这些人已不在任何记录里，已删除`,
          en: `  Past retention: ${rows} contacts of people who are in no record any more were deleted`,
        })
      : say(context, {
          zh: `  过了保留期：${fact} 在 ${before} 之前的 ${rows} 行，已删除`,
          en: `  Past retention: ${rows} rows of ${fact} before ${before} were deleted`,
        }),
  );
  return [
    head,
    ...past,
    ...warnings.map(({ model, check, rows }) => `  ! ${model}: ${check} (${rows})`),
  ].join("\n");
}
