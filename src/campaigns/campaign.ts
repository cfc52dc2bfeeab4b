import { readFileSync } from "node:fs";
import { z } from "zod";
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

/** @throws UserError naming a file that was changed by hand or damaged. */
export function readCampaign(path: string): Campaign {
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
