import { LATIN } from "./latin-notices.ts";
import type { NoticeRule } from "./notice-rules.ts";
import { RUSSIAN } from "./russian-notices.ts";
import { SEMITIC } from "./semitic-notices.ts";
import { SUFFIXED } from "./suffixed-notices.ts";

/*
 * What WhatsApp writes into a group's log in Russian, Dutch, Indonesian, Turkish, Vietnamese, Finnish, Korean, Hebrew and
 * Arabic, as exports and programs that read them show. No rule looks at what a person said: a notice has no author.
 * Kept as `system`, since nothing tells what they say:
 * - lists whose last name has "and" joined to it (Hebrew ו, Arabic و): names begin with it, too
 * - Arabic sentences on the exporting account itself (أضافك): it is part of the verb
 * - other languages (Hindi, Persian, Greek, Polish, Czech, Swedish, Thai …): no export of a group was seen
 * - icons, descriptions, settings, calls, security codes, in any language
 */

export const FOREIGN: readonly NoticeRule[] = [...RUSSIAN, ...LATIN, ...SUFFIXED, ...SEMITIC];
