import { UserError } from "../../kit/errors.ts";
import type { Robot, RobotAddress } from "../../kit/robot.ts";
import type { Text } from "../../kit/say.ts";
import type { Pace } from "./pace.ts";

/** The clock of a sender. Tests pass their own. */
export interface Clock {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

const ATTEMPTS = 4;
const TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 1000;
/** Whoever asks for more patience than this is asked again by the next run. */
const PATIENCE_MS = 120_000;

type Outcome = { sent: true } | { sent: false; why: Text; again: boolean; after?: number | undefined };

/**
 * Sends one text: within the robot's limit, again after 429, 5xx, a timeout or a refusal that passes, with growing
 * pauses. A robot that answered what nobody understands may have taken the text, so it is not tried again.
 * @throws UserError that names the robot and the reason, never the address: it is the password.
 */
export async function send(
  robot: Robot,
  address: RobotAddress,
  text: string,
  pace: Pace,
  clock: Clock,
  timeout = TIMEOUT_MS,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await clock.sleep(pace.wait(clock.now()));
    pace.count(clock.now());
    const outcome = await once(robot, address, text, new Date(clock.now()), timeout);
    if (outcome.sent) return;
    const pause = Math.max(FIRST_PAUSE_MS * 4 ** (attempt - 1), (outcome.after ?? 0) * 1000);
    if (!outcome.again || attempt === ATTEMPTS || pause > PATIENCE_MS) {
      throw new UserError({
        zh: `${robot.title.zh}没有收下提醒：${outcome.why.zh}`,
        en: `${robot.title.en} did not take the reminder: ${outcome.why.en}`,
      });
    }
    await clock.sleep(pause);
  }
}

async function once(
  robot: Robot,
  address: RobotAddress,
  text: string,
  at: Date,
  timeout: number,
): Promise<Outcome> {
  const { url, body } = robot.call(text, address, at);
  let response: Response;
  let answer: string;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
      // A redirect would carry the text to whom nobody named.
      redirect: "error",
    });
    answer = await response.text();
  } catch (error) {
    const isSlow = error instanceof DOMException && error.name === "TimeoutError";
    return {
      sent: false,
      again: true,
      why: isSlow
        ? { zh: `${timeout / 1000} 秒没有回应`, en: `no answer in ${timeout / 1000} seconds` }
        : { zh: "连不上，检查网络和地址", en: "no connection: check the network and the address" },
    };
  }
  if (response.status !== 200) {
    const after = Number(response.headers.get("retry-after"));
    return {
      sent: false,
      again: response.status === 429 || response.status >= 500,
      after: Number.isFinite(after) ? after : undefined,
      why: { zh: `HTTP ${response.status}`, en: `HTTP ${response.status}` },
    };
  }
  try {
    const refusal = robot.refusal(answer);
    if (refusal === null) return { sent: true };
    const { code, why, retryAfter } = refusal;
    return {
      sent: false,
      again: retryAfter !== undefined,
      after: retryAfter,
      why: {
        zh: `错误码 ${code}${why ? `，${why.zh}` : ""}`,
        en: `code ${code}${why ? `. ${why.en}` : ""}`,
      },
    };
  } catch {
    return {
      sent: false,
      again: false,
      why: {
        zh: "回应看不懂，地址可能不是机器人的",
        en: "the answer makes no sense; the address may not be a robot's",
      },
    };
  }
}
