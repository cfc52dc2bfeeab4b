import { UserError } from "../kit/errors.ts";
import { listCorrections } from "../state/labels.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { correctLabel } from "../warehouse/label-message.ts";
import { callerName } from "./audited.ts";
import { type Context, openHere, print, say } from "./context.ts";

/** Puts a label on a message or takes it off, or lists what was corrected. */
export async function labelCommand(
  context: Context,
  messageKey: string | undefined,
  label: string | undefined,
  { off = false, by = callerName() }: { off?: boolean; by?: string },
): Promise<void> {
  const { workspace, state } = await openHere(context);
  if (messageKey === undefined) {
    const corrections = await listCorrections(state);
    print(context, corrections, () =>
      corrections
        .map((one) =>
          say(context, {
            zh: `${one.correctedAt.slice(0, 16)} ${one.correctedBy}：${one.groupId} ${one.sentAt.slice(0, 16)} 的消息${one.isOn ? "是" : "不是"} ${one.label}`,
            en: `${one.correctedAt.slice(0, 16)} ${one.correctedBy}: the message of ${one.groupId} at ${one.sentAt.slice(0, 16)} is ${one.isOn ? "" : "no "}${one.label}`,
          }),
        )
        .join("\n"),
    );
    return;
  }
  if (label === undefined) {
    throw new UserError(
      { zh: "还缺标签", en: "The label is missing" },
      {
        hint: {
          zh: "例：fupan label 1234567890 complaint --off",
          en: "Such as: fupan label 1234567890 complaint --off",
        },
      },
    );
  }
  const catalog = readCatalog(context.content.sql);
  const correction = await correctLabel(workspace, state, catalog, {
    messageKey,
    label,
    isOn: !off,
    by,
    now: context.effects.now(),
  });
  print(context, correction, () =>
    say(context, {
      zh: `已记下：这条消息${off ? "不是" : "是"} ${label}。下次 fupan build 起生效，重新导入也保留。`,
      en: `Noted: this message is ${off ? "no " : ""}${label}. It holds from the next fupan build on, and over new imports.`,
    }),
  );
}
