import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createFile } from "../durable.ts";
import { UserError } from "../kit/errors.ts";

const campaign = z.strictObject({
  id: z.string(),
  title: z.string(),
  createdAt: z.string(),
  by: z.string(),
  /** The list it was drawn from. */
  list: z.strictObject({
    week: z.string(),
    group: z.string(),
    segment: z.string(),
    why: z.string().nullable(),
  }),
  /** First and last local day on which a return counts. */
  from: z.iso.date(),
  to: z.iso.date(),
  message: z.string(),
  /** Hashed keys of those who are written to, and of those left alone to compare with. */
  treated: z.array(z.string()),
  held: z.array(z.string()),
});

/** A wake-up campaign as it was decided: its people are fixed then, whatever the list says later. */
export type Campaign = z.infer<typeof campaign>;

/** One JSON file each under lists/campaigns: `fupan forget` goes through that folder, so nobody stays in them. */
export class Campaigns {
  readonly #folder: string;

  constructor(lists: string) {
    this.#folder = join(lists, "campaigns");
  }

  /** Newest first. */
  list(): Campaign[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((file) => /^[0-9a-f]{10}\.json$/.test(file))
      .map((file) => read(join(this.#folder, file)))
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  find(id: string): Campaign | null {
    return this.list().find((one) => one.id === id) ?? null;
  }

  /** How many there are, so that pages know when something changed. */
  count(): number {
    return existsSync(this.#folder) ? readdirSync(this.#folder).length : 0;
  }

  add(made: Omit<Campaign, "id">): Campaign {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const whole = { id: randomBytes(5).toString("hex"), ...made };
    createFile(join(this.#folder, `${whole.id}.json`), `${JSON.stringify(whole, null, 2)}\n`);
    return whole;
  }

  /** Takes back what nobody has seen yet. */
  withdraw(id: string): void {
    rmSync(join(this.#folder, `${id}.json`), { force: true });
  }
}

/** @throws UserError naming a file that was changed by hand or damaged. */
function read(path: string): Campaign {
  try {
    return campaign.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
    throw new UserError(
      { zh: `唤醒活动的文件坏了：${path}`, en: `The file of a campaign is damaged: ${path}` },
      {
        hint: {
          zh: "从备份里拿回这个文件，或把它移走（这次活动就不再计算）。",
          en: "Take it back from a backup, or move it away (the campaign is then no longer measured).",
        },
        cause: error,
      },
    );
  }
}
