interface Case {
  /** Plans that give this finding and no other. */
  fires: string[];
  /** Plans on the other side of the boundary, that give none. */
  quiet: string[];
  /** `sop` of fupan.yaml, where a number is unset by default. */
  sop?: string;
  /** Names of the plan's groups. */
  names?: { fires: string[]; quiet: string[] };
}

const plan = (steps: string, head = "") => `version: 1
targets: { activity_rate: 0.3 }
${head}
steps:
${steps
  .trim()
  .split("\n")
  .map((line) => `  - ${line.trim()}`)
  .join("\n")}
`;

const CAMP = `group_kind: camp
camp: { cycle: 五天, mode: 直播, time: 每晚八点, content: 面包, staff: 讲师一位, tools: 会议软件 }`;
const PHASES = (to: number) => `phases:
  - { id: 引流, from: -7, to: -1 }
  - { id: 开课, from: 0, to: ${to} }
  - { id: 转化, from: ${to}, to: ${to + 2} }`;
const SEED = "{ id: a, weekday: mon, time: '10:00', role: x, text: 先存下这张对照表 }";
const FULL = `overview: { name: 城北新手爸妈互助社, topic: 育儿, audience: 新手爸妈 }
planning: { positioning: 挑得放心, vision: 少焦虑, mission: 讲清楚, values: 真话 }
strategy: { content: 每周一篇, interaction: 每天一问, service: 专人答 }
process: { tasks: 写与审, cadence: 每周一篇, timetable: 周一十点 }
team: { roles: 两位, meeting: 每周一十点, training: 每月一次 }
monitoring: { kpis: 开口率, monitors: 四项, evaluation: 看数, improvement: 每周一条 }`;

/** Days of classes without any other finding. */
const classes = (days: number) =>
  Array.from(
    { length: days },
    (_, day) =>
      `{ id: c${day}, phase: 开课, day: ${day}, time: '12:00', role: x, text: ${"甲乙丙丁戊己庚辛壬癸".slice(day, day + 2)}${"子丑寅卯辰巳午未申酉".slice(day, day + 2)} }`,
  ).join("\n");

export const CASES: Readonly<Record<string, Case>> = {
  two_days: {
    fires: [
      plan(
        "{ id: a, task: publish, weekday: fri, role: x, text: 先存下 }",
        "cadences: { p: { task: publish, weekday: wed } }",
      ),
    ],
    quiet: [
      plan(
        "{ id: a, task: publish, weekday: wed, role: x, text: 先存下 }",
        "cadences: { p: { task: publish, weekday: wed } }",
      ),
    ],
  },
  published_before_audit: {
    fires: [
      plan(
        "{ id: a, task: audit, weekday: thu, role: x }\n{ id: b, task: publish, weekday: wed, role: x, text: 先存下 }",
      ),
    ],
    quiet: [
      plan(
        "{ id: a, task: audit, weekday: thu, role: x }\n{ id: b, task: publish, weekday: thu, role: x, text: 先存下 }",
      ),
    ],
  },
  same_moment: {
    fires: [plan(`${SEED}\n{ id: b, weekday: [mon, tue], time: '10:00', role: x, text: 大家周末去哪了 }`)],
    quiet: [
      plan(`${SEED}\n{ id: b, weekday: mon, time: '10:05', role: x, text: 大家周末去哪了 }`),
      plan(`${SEED}\n{ id: b, weekday: mon, time: '10:00', role: y, text: 大家周末去哪了 }`),
    ],
  },
  quiet_hours: {
    fires: [
      plan("{ id: a, weekday: mon, time: '07:59', role: x, text: 早安各位 }"),
      plan("{ id: a, weekday: mon, time: '22:00', role: x, text: 晚安各位 }"),
    ],
    quiet: [
      plan("{ id: a, weekday: mon, time: '08:00', role: x, text: 早安各位 }"),
      plan("{ id: a, weekday: mon, time: '21:59', role: x, text: 晚安各位 }"),
      // A class from 20:00 to 21:30.
      plan(
        "{ id: a, weekday: mon, time: '20:00', minutes: 90, role: x, text: 开课啦 }\n{ id: b, weekday: mon, time: '21:30', role: x, text: 今晚三点 }",
      ),
    ],
  },
  vague_time: {
    fires: [
      plan("{ id: a, role: x, text: 先存下 }"),
      plan(SEED, "cadences: { talk: 定期互动 }"),
      plan(SEED, FULL.replace("cadence: 每周一篇", "cadence: 不定期发")),
    ],
    quiet: [
      plan(SEED, "cadences: { talk: 每周三互动 }"),
      plan("{ id: a, since: member_join, after: 5m, role: x, text: 欢迎 }"),
    ],
  },
  no_owner: {
    fires: [plan("{ id: a, weekday: mon, text: 先存下 }")],
    quiet: [plan("{ id: a, weekday: mon, owner: 运营, text: 先存下 }")],
  },
  unknown_role: {
    fires: [plan(SEED, "roles: { assistant: 助教 }")],
    quiet: [plan(SEED, "roles: { x: 助教 }")],
  },
  too_many_groups: {
    fires: [
      plan(
        SEED,
        "camp: { cycle: 五天, mode: chat, time: 全天, content: 面包, staff: 一位, tools: 无 }\nphases: [{ id: 引流 }, { id: 日常 }, { id: 转化 }]\ngroups: [a, b, c, d]\nroles: { x: 助教 }",
      ),
    ],
    quiet: [
      plan(
        SEED,
        "camp: { cycle: 五天, mode: chat, time: 全天, content: 面包, staff: 一位, tools: 无 }\nphases: [{ id: 引流 }, { id: 日常 }, { id: 转化 }]\ngroups: [a, b, c]\nroles: { x: 助教 }",
      ),
      plan(
        SEED,
        "camp: { cycle: 五天, mode: live, time: 全天, content: 面包, staff: 一位, tools: 无 }\nphases: [{ id: 引流 }, { id: 日常 }, { id: 转化 }]\ngroups: [a, b, c, d]\nroles: { x: 助教 }",
      ),
      plan(
        SEED,
        "camp: { cycle: 五天, mode: chat, time: 全天, content: 面包, staff: 两位, tools: 无 }\nphases: [{ id: 引流 }, { id: 日常 }, { id: 转化 }]\ngroups: [a, b, c, d, e, f]\nroles: { x: { title: 助教, people: [p1, p2] } }",
      ),
    ],
  },
  send_limit: {
    sop: "sop: { sendsPerMinute: 3, sendsPerDay: 2 }",
    fires: [
      plan(SEED, "groups: [a, b, c, d]\nroles: { x: 助教 }"),
      plan(
        `${SEED}\n{ id: b, weekday: mon, time: '12:00', role: x, text: 大家周末去哪了 }\n{ id: c, weekday: mon, time: '18:00', role: x, text: 今晚答疑等你 }`,
      ),
    ],
    quiet: [
      plan(SEED, "groups: [a, b, c]\nroles: { x: 助教 }"),
      plan(SEED, "groups: [a, b, c, d]\nroles: { x: { title: 助教, people: [p1, p2] } }"),
      plan(`${SEED}\n{ id: b, weekday: mon, time: '12:00', role: x, text: 大家周末去哪了 }`),
    ],
  },
  staged: {
    fires: [plan("{ id: a, weekday: mon, role: shill, text: 我也想买 }")],
    quiet: [plan("{ id: a, weekday: mon, role: assistant, text: 我也想买 }")],
  },
  ad_budget: {
    fires: [
      plan(
        [1, 2, 3]
          .map(
            (n) =>
              `{ id: a${n}, weekday: ${["mon", "wed", "sat"][n - 1]}, role: x, content_type: ad, text: ${["新到一批面粉", "周末秒杀烤箱", "模具拼团"][n - 1]} }`,
          )
          .join("\n"),
      ),
      // One more than marketing groups may have.
      plan(
        ["mon", "tue", "wed", "thu", "fri"]
          .map(
            (day, n) =>
              `{ id: a${n}, weekday: ${day}, role: x, content_type: ad, text: ${["新到一批面粉", "周末秒杀烤箱", "模具拼团", "黄油清仓", "酵母上新"][n]} }`,
          )
          .join("\n"),
        "group_kind: marketing",
      ),
    ],
    quiet: [
      plan(
        "{ id: a, weekday: fri, role: x, content_type: preview, text: 明晚上新 }\n{ id: b, weekday: sat, role: x, content_type: sale, text: 开抢烤箱 }",
      ),
      plan(
        ["mon", "tue", "wed", "thu"]
          .map(
            (day, n) =>
              `{ id: a${n}, weekday: ${day}, role: x, content_type: ad, text: ${["新到一批面粉", "周末秒杀烤箱", "模具拼团", "黄油清仓"][n]} }`,
          )
          .join("\n"),
        "group_kind: marketing",
      ),
    ],
  },
  at_all_gap: {
    fires: [
      plan(
        "{ id: a, weekday: mon, time: '12:00', role: x, text: '@所有人 今晚上课' }\n{ id: b, weekday: wed, time: '11:59', role: x, text: '@所有人 明早打卡' }",
      ),
    ],
    quiet: [
      plan(
        "{ id: a, weekday: mon, time: '12:00', role: x, text: '@所有人 今晚上课' }\n{ id: b, weekday: wed, time: '12:00', role: x, text: '@所有人 明早打卡' }",
      ),
    ],
  },
  duplicate_text: {
    fires: [plan(`${SEED}\n{ id: b, weekday: tue, time: '10:00', role: x, text: '先存下，这张对照表！' }`)],
    quiet: [plan(`${SEED}\n{ id: b, weekday: tue, time: '10:00', role: x, text: 先存下这份价目单 }`)],
  },
  no_script: {
    fires: [plan("{ id: a, weekday: mon, role: x }")],
    quiet: [
      plan("{ id: a, weekday: mon, role: x, kind: image }"),
      plan("{ id: a, task: meet, weekday: mon, role: x }"),
    ],
  },
  too_long: {
    fires: [plan(`{ id: a, weekday: mon, role: x, text: ${"长".repeat(201)} }`)],
    quiet: [plan(`{ id: a, weekday: mon, role: x, text: ${"长".repeat(200)} }`)],
  },
  unbound_claim: {
    fires: [
      plan("{ id: a, weekday: mon, role: x, text: 已有 20 位群友下了单 }"),
      plan("{ id: a, weekday: mon, role: x, text: 仅剩 5 件 }"),
    ],
    quiet: [plan("{ id: a, weekday: mon, role: x, text: '眼下还有{left}件，{buyers}位群友下了单' }")],
  },
  closed_question: {
    fires: [plan("{ id: a, weekday: mon, role: x, content_type: topic, text: 面粉买了没？ }")],
    quiet: [
      plan("{ id: a, weekday: mon, role: x, content_type: topic, text: 挑面粉，哪一点最让你拿不定主意？ }"),
    ],
  },
  vague_words: {
    fires: [plan("{ id: a, title: 加强互动, weekday: mon, role: x, text: 先存下 }")],
    quiet: [plan("{ id: a, title: 回三条提问, weekday: mon, role: x, text: 先存下 }")],
  },
  camp_length: {
    fires: [plan(classes(2), `${CAMP}\n${PHASES(1)}`), plan(classes(8), `${CAMP}\n${PHASES(7)}`)],
    quiet: [plan(classes(3), `${CAMP}\n${PHASES(2)}`), plan(classes(7), `${CAMP}\n${PHASES(6)}`)],
  },
  camp_header: {
    fires: [plan(classes(3), `group_kind: camp\n${PHASES(2)}`)],
    quiet: [plan(classes(3), `${CAMP}\n${PHASES(2)}`)],
  },
  camp_phases: {
    fires: [
      plan(classes(3).replaceAll("phase: 开课, ", ""), `${CAMP}\nphases: [{ id: 引流 }, { id: 转化 }]`),
    ],
    quiet: [plan(classes(3), `${CAMP}\n${PHASES(2)}`)],
  },
  late_plan: {
    fires: [plan(SEED, "start: 2026-11-02\nvalid_from: 2026-11-02")],
    quiet: [plan(SEED, "start: 2026-11-02\nvalid_from: 2026-11-01")],
  },
  no_reminder: {
    fires: [
      plan(
        "{ id: a, day: 0, time: '19:31', role: x, content_type: notice, text: 一会儿上课 }\n{ id: b, day: 0, time: '20:00', role: x, content_type: class, text: 开课啦 }",
      ),
    ],
    quiet: [
      plan(
        "{ id: a, day: 0, time: '19:30', role: x, content_type: notice, text: 一会儿上课 }\n{ id: b, day: 0, time: '20:00', role: x, content_type: class, text: 开课啦 }",
      ),
    ],
  },
  incomplete_table: {
    fires: [plan(SEED, FULL.replace("vision: 少焦虑, ", ""))],
    quiet: [plan(SEED, FULL)],
  },
  unclear_target: {
    fires: [
      plan(SEED, "").replace("{ activity_rate: 0.3 }", "{ growth: { value: 0.05, period: null } }"),
      plan(SEED, "").replace("{ activity_rate: 0.3 }", "{ growth: { value: null, period: month } }"),
    ],
    quiet: [plan(SEED, "").replace("{ activity_rate: 0.3 }", "{ growth: { value: 0.05, period: month } }")],
  },
  no_measure: {
    fires: [plan(SEED).replace("targets: { activity_rate: 0.3 }\n", "")],
    quiet: [
      plan(SEED.replace("role: x", "role: x, target: 5 replies")).replace(
        "targets: { activity_rate: 0.3 }\n",
        "",
      ),
    ],
  },
  group_name: {
    fires: [plan(SEED, "groups: [g1]")],
    quiet: [plan(SEED, "groups: [g1]")],
    names: { fires: ["福利群"], quiet: ["城北新手爸妈互助社｜挑得放心，养得明白"] },
  },
  no_positioning: {
    fires: [plan(SEED, FULL.replace("positioning: 挑得放心, ", "").replace(", audience: 新手爸妈", ""))],
    quiet: [plan(SEED, FULL)],
  },
  double_step: {
    fires: [plan(`${SEED}\n{ id: a, weekday: tue, role: x, text: 大家周末去哪了 }`)],
    quiet: [plan(`${SEED}\n{ id: b, weekday: tue, role: x, text: 大家周末去哪了 }`)],
  },
  unknown_phase: {
    fires: [plan("{ id: a, phase: 开工, weekday: mon, role: x, text: 先存下 }", "phases: [{ id: 开课 }]")],
    quiet: [plan("{ id: a, phase: 开课, weekday: mon, role: x, text: 先存下 }", "phases: [{ id: 开课 }]")],
  },
};
