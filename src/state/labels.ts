import type { State } from "./state.ts";

/**
 * An operator's word on one label of one message. The message is named by what stays the same when it is imported
 * again: the platform's id, or who said what when (as keys; no text, no name).
 */
export interface Correction {
  groupId: string;
  messageId: string | null;
  personKey: string | null;
  /** UTC. */
  sentAt: string;
  textKey: string | null;
  label: string;
  /** Put on, or taken off. */
  isOn: boolean;
  correctedBy: string;
  /** UTC. */
  correctedAt: string;
}

export async function recordCorrection(state: State, correction: Correction): Promise<void> {
  await state.write((database) =>
    database.run(
      `insert into label_corrections values ($groupId, $messageId, $personKey, $sentAt::timestamp, $textKey, $label, $isOn,
         $correctedBy, $correctedAt::timestamp)`,
      { ...correction },
    ),
  );
}

/** Every correction ever made, oldest first: the last one of a message and label holds. */
export async function listCorrections(state: State): Promise<Correction[]> {
  const rows = await state.read((database) =>
    database.all("select * from label_corrections order by corrected_at, rowid"),
  );
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return rows.map((row) => ({
    groupId: String(row["group_id"]),
    messageId: text(row["message_id"]),
    personKey: text(row["person_key"]),
    sentAt: String(row["sent_at"]),
    textKey: text(row["text_key"]),
    label: String(row["label"]),
    isOn: row["is_on"] === true,
    correctedBy: String(row["corrected_by"]),
    correctedAt: String(row["corrected_at"]),
  }));
}
