import type { Lang } from "../../kit/say.ts";
import type { Review } from "../../review/types.ts";
import { t } from "../i18n.ts";

/** What a group is called on a page; its id where nothing names it. @param id `*` = all groups together. */
export function groupName(id: string, review: Review, lang: Lang): string {
  if (id === "*") return t(lang, "group_all");
  return review.groupChoices.find(({ groupId }) => groupId === id)?.name ?? id;
}
