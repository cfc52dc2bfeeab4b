import { UserError } from "../kit/errors.ts";

/** What is asked for needs results, and there are none: the same words on a page, in a file's place and on the command line. */
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
