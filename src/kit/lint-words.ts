/** What a plan's checks look for. Content, so it comes from outside the engine. */
export interface LintWords {
  vagueTime: RegExp;
  vagueVerb: RegExp;
  vagueName: RegExp;
  adType: RegExp;
  adScene: RegExp;
  claim: RegExp;
  closedQuestion: RegExp;
  atAll: RegExp;
  staged: RegExp;
  chatOnly: RegExp;
  topic: RegExp;
  live: RegExp;
  reminder: RegExp;
}
