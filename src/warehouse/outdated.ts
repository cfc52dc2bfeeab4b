import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, UserError } from "../kit/errors.ts";
import type { Database } from "./database.ts";

/** What asks a generation, at the moment it is asked, and leaves nothing in it. */
const ASKED_LATER = /^queries\b/;

/**
 * Columns of the `report` tables, which code makes, as a hash. A test computes it and says what to write here when they
 * change.
 */
export const LAYOUT = "55f84215";

/** Which models make a generation: a hash of the sql folder and of the tables that code adds. */
export function modelsOf(root: string): string {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(?:sql|csv|yaml)$/.test(path) && !ASKED_LATER.test(path))
    .sort();
  const hash = createHash("sha256").update(LAYOUT);
  for (const path of files) hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest("hex").slice(0, 16);
}

/** The generation was made by other models than these: before an upgrade, or by another version beside this one. */
export class OutdatedError extends UserError {
  readonly status = 503;

  constructor() {
    super(
      {
        zh: "结果是另一个版本的复盘算的，要重新算一遍",
        en: "The results were computed by another version of Fupan and have to be computed again",
      },
      {
        hint: {
          zh: "运行 fupan build；导入的数据、决定和存下的周报都不变。",
          en: "Run fupan build; what was imported, decided and frozen stays as it is.",
        },
      },
    );
  }
}

/** @param models those of this program. @throws OutdatedError when others made the generation, or nobody knows which. */
export async function assertCurrent(generation: Database, models: string): Promise<void> {
  const [about] = await generation.all("select * from report.about").catch((error: unknown) => {
    if (/^Catalog Error:/.test(messageOf(error))) return [];
    throw error;
  });
  if (about?.["models"] !== models) throw new OutdatedError();
}
