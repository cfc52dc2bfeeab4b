import { writeFileSync } from "node:fs";
import { UserError } from "../kit/errors.ts";
import { GenerationReader } from "../review/reader.ts";
import { review } from "../review/review.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { type Context, callerPath, openHere } from "./context.ts";
import { reviewMarkdown } from "./review-markdown.ts";

export interface ReviewFlags {
  week?: string;
  group?: string;
  format?: string;
  out?: string;
}

const FORMATS = ["json", "md"];

/** The weekly review of the published generation as JSON or Markdown. */
export async function reviewCommand(context: Context, flags: ReviewFlags): Promise<void> {
  const { workspace } = await openHere(context);
  const format = context.globals.json ? "json" : (flags.format ?? "md");
  if (!FORMATS.includes(format)) {
    throw new UserError(
      { zh: `暂不支持 --format ${format}`, en: `--format ${format} is not available` },
      { hint: { zh: `可用：${FORMATS.join("、")}`, en: `Available: ${FORMATS.join(", ")}` } },
    );
  }
  const reader = new GenerationReader(workspace.marts);
  try {
    const made = await reader.read((database, pointer) =>
      review(database, pointer, readCatalog(context.content.sql), { week: flags.week, group: flags.group }),
    );
    if (!made) throw nothingBuilt();
    const text = format === "json" ? JSON.stringify(made, null, 2) : reviewMarkdown(made, context.lang);
    if (flags.out) writeFileSync(callerPath(flags.out), `${text}\n`, { mode: 0o600 });
    else context.effects.out(text);
  } finally {
    reader.close();
  }
}

export function nothingBuilt(): UserError {
  return new UserError(
    { zh: "还没有算过", en: "Nothing has been built yet" },
    {
      hint: {
        zh: "把导出文件放进 inbox，再运行 fupan run。",
        en: "Put exports into inbox, then run fupan run.",
      },
    },
  );
}
