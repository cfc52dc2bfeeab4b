import type { NoticeRule } from "./notice-rules.ts";

/* What programs write into a log of IRC on who comes and goes. */
export const NOTICES: readonly NoticeRule[] = [
  {
    event: "join",
    test: /^(?<name>\S+)\s+(?:\[[^\]]*\]\s+has joined\s+#\S*|\([^)]*\) has joined(?: #\S*)?|entered the room\.?|joined(?: #\S*)?)$/u,
  },
  {
    event: "leave",
    test: /^(?<name>\S+)\s+(?:\[[^\]]*\]\s+has left\s+#.*|\[[^\]]*\]\s+has quit.*|\([^)]*\) (?:has left|has quit|Quit\b).*|has quit \(.*|left the room.*|left(?: #\S*)?|quit.*)$/u,
  },
  { event: "join", test: /^Joins: (?<name>\S+)(?: \([^)]*\))?$/u },
  { event: "leave", test: /^(?:Parts|Quits): (?<name>\S+)(?: .*)?$/u },
  { event: "nick_change", test: /^(?!You are )(?<name>\S+) is now known as (?<by>\S+)$/u },
  { event: "kick", test: /^(?<by>\S+) has kicked (?<name>\S+)(?: from #\S+)?(?: \(.*\))?$/u },
  { event: "kick", test: /^(?<name>\S+) was kicked (?:(?:from|off) \S+ )?by (?<by>[^\s[]+)(?![^\s[]).*$/u },
];

/**
 * What mIRC and HexChat write behind one star, where what somebody does (/me) stands, too: a person's address in brackets, or
 * a sentence of theirs.
 */
const STARRED =
  /^(?:\S+ \([^()\s]+@[^()\s]+\) (?:has joined|has left|has quit|Quit\b)|(?:Now talking (?:on|in)|Topic for) #|Topic (?:is|set by) |Set by |(?:You are|You're) now |\S+ (?:has quit \(|has kicked \S+ from #|was kicked by \S+ \(|sets mode: |has changed the topic to: |changes topic to |is now known as \S+$|(?:gives|removes) (?:channel|voice)\b|has (?:joined|left)(?: \(|$)))/u;

export function isStarred(said: string): boolean {
  return STARRED.test(said);
}
