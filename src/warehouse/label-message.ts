import { assertWhole } from "../ingest/broken-parts.ts";
import { macros } from "../ingest/macros.ts";
import { UserError } from "../kit/errors.ts";
import { type Correction, recordCorrection } from "../state/labels.ts";
import { listParts } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import type { Workspace } from "../workspace.ts";
import type { Catalog } from "./catalog.ts";
import { Database } from "./database.ts";
import { assertLabel } from "./labels.ts";
import { createLakeViews } from "./lake.ts";
import { createSettings } from "./settings.ts";

export interface Wanted {
  /** As `marts.message_labels` and `marts.messages` have it, as text: it needs 64 bits. */
  messageKey: string;
  label: string;
  isOn: boolean;
  by: string;
  now: Date;
}

/**
 * Puts a label on a message or takes it off, for good: builds and new imports of the same message keep to it.
 * @throws UserError for an unknown label or message.
 */
export async function correctLabel(
  workspace: Workspace,
  state: State,
  catalog: Catalog,
  { messageKey, label, isOn, by, now }: Wanted,
): Promise<Correction> {
  const database = await Database.open(":memory:");
  try {
    assertLabel(catalog, label);
    const message = await findMessage(database, workspace, state, catalog, messageKey);
    const correction = {
      ...message,
      label,
      isOn,
      correctedBy: by,
      correctedAt: now.toISOString().replace("Z", ""),
    };
    await recordCorrection(state, correction);
    return correction;
  } finally {
    database.close();
  }
}

/** What names the message when it is imported again. The staging model computes its key, as in a build. */
async function findMessage(
  database: Database,
  workspace: Workspace,
  state: State,
  catalog: Catalog,
  messageKey: string,
) {
  const model = catalog.staging.find(({ id }) => id === "stg_messages");
  if (!model) throw new Error("no model stg_messages");
  const parts = (await listParts(state)).filter(({ fact }) => fact === "messages");
  await assertWhole(workspace.lake, state, parts);
  await createLakeViews(database, workspace.lake, parts);
  for (const macro of macros(await state.secret(), workspace.config.timezone)) await database.run(macro);
  await createSettings(database, workspace.config, "9999-01-01T00:00:00", async () => "");
  const [row] = await database.all(
    `select group_id, message_id, person_key, sent_at, if(message_id is null, person_key(text), null) as text_key
     from (${model.sql}) where message_key = try_cast($messageKey as ubigint)`,
    { messageKey },
  );
  if (!row) {
    throw new UserError(
      { zh: `找不到消息 ${messageKey}`, en: `There is no message ${messageKey}` },
      {
        hint: {
          zh: "编号在 marts.message_labels 的 message_key 列；重新计算后再查一次。",
          en: "Keys are in the column message_key of marts.message_labels; look again after a build.",
        },
      },
    );
  }
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    groupId: String(row["group_id"]),
    messageId: text(row["message_id"]),
    personKey: text(row["person_key"]),
    sentAt: String(row["sent_at"]),
    textKey: text(row["text_key"]),
  };
}
