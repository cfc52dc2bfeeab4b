import type { Robot } from "../../src/kit/robot.ts";
import dingtalk from "./dingtalk.ts";
import feishu from "./feishu.ts";
import slack from "./slack.ts";
import wecom from "./wecom.ts";

/** Every group robot that reminders can go to. */
export const robots: readonly Robot[] = [dingtalk, feishu, slack, wecom];
