import type { State } from "./state.ts";

/** A run that died between claiming and sending holds a reminder for so long. */
const CLAIM_MINUTES = 10;

/** Takes a reminder for this run. @returns false when it was sent, or another run is about to. */
export async function claimReminder(state: State, key: string, now: Date): Promise<boolean> {
  return state.write(async (database) => {
    const at = stamp(now);
    await database.run(
      `delete from reminders where reminder_key = $key and sent_at is null
         and claimed_at < $at::timestamp - interval ${CLAIM_MINUTES} minute`,
      { key, at },
    );
    const [held] = await database.all("select 1 from reminders where reminder_key = $key", { key });
    if (held) return false;
    await database.run("insert into reminders values ($key, $at::timestamp, null)", { key, at });
    return true;
  });
}

/** Says how it went: sent, or free for the next run. */
export async function settleReminder(state: State, key: string, sentAt: Date | null): Promise<void> {
  await state.write((database) =>
    sentAt === null
      ? database.run("delete from reminders where reminder_key = $key", { key })
      : database.run("update reminders set sent_at = $at::timestamp where reminder_key = $key", {
          key,
          at: stamp(sentAt),
        }),
  );
}

function stamp(time: Date): string {
  return time.toISOString().replace("Z", "");
}
