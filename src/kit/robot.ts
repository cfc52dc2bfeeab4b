import type { Text } from "./say.ts";

/** Where a robot's messages go, and with what they are signed. Both are secrets: neither is ever printed. */
export interface RobotAddress {
  url: string;
  /** Key of the signature, for robots that were set up with one. */
  secret?: string | undefined;
}

/** One call of a webhook. */
export interface RobotCall {
  url: string;
  body: unknown;
}

/** Why a platform did not take a message although it answered 200. */
export interface Refusal {
  /** The platform's own code. */
  code: string;
  /** What the operator can do about it, where the platform documents it. */
  why?: Text | undefined;
  /** Seconds after which the same message may go through; undefined = never. */
  retryAfter?: number | undefined;
}

/** A group robot with a webhook: how one platform wants a text, and what its answers mean. One file each. */
export interface Robot {
  id: string;
  title: Text;
  /** Documented limit: so many messages in so many seconds. */
  limit: { messages: number; seconds: number };
  /** UTF-8 bytes of the longest text. */
  maxBytes: number;
  /** @param at when the call is made: signatures hold for an hour. */
  call: (text: string, address: RobotAddress, at: Date) => RobotCall;
  /** What a 200 answer says: null = taken. @throws when the answer is none of this platform's. */
  refusal: (answer: string) => Refusal | null;
}
