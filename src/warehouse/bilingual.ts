import { z } from "zod";

/** A text of a SQL header: one string for both languages, or one per language. */
export const bilingual = z
  .union([z.string(), z.strictObject({ zh: z.string(), en: z.string() })])
  .transform((value) => (typeof value === "string" ? { zh: value, en: value } : value));
