/** Headings of the plan table: the plan's own key, then what an operator may call it. The first Chinese one is written. */
export const COLUMNS = {
  section: ["栏目", "部分"],
  id: ["编号", "项目"],
  title: ["名称", "标题"],
  text: ["内容", "文案", "话术"],
  phase: ["阶段"],
  task: ["任务"],
  day: ["第几天", "天"],
  weekday: ["星期"],
  date: ["日期"],
  time: ["时间"],
  since: ["起点"],
  after: ["延后"],
  window: ["准时范围分钟"],
  late: ["漏发界限分钟"],
  minutes: ["时长分钟"],
  role: ["角色"],
  owner: ["负责人"],
  people: ["人员"],
  content_type: ["类型"],
  kind: ["消息形式"],
  link: ["链接"],
  scene: ["场景"],
  tag: ["标签"],
  times: ["次数"],
  period: ["周期"],
  value: ["数值"],
  target: ["目标"],
  tolerances: ["容差"],
  note: ["备注"],
} as const satisfies Record<string, readonly string[]>;

/** What a row of the table is about. */
export const SECTION_WORDS = {
  plan: ["计划"],
  camp: ["训练营"],
  overview: ["概述"],
  planning: ["规划"],
  strategy: ["策略"],
  process: ["流程"],
  team: ["团队"],
  monitoring: ["监控"],
  phases: ["阶段", "phase"],
  roles: ["角色", "role"],
  cadences: ["节奏", "频次", "cadence"],
  targets: ["目标", "target"],
  steps: ["步骤", "step"],
} as const satisfies Record<string, readonly string[]>;

/** Fields of the head, the camp and the twenty fields of the SOP table. */
export const FIELD_WORDS = {
  version: ["版本"],
  id: ["编号"],
  title: ["标题"],
  status: ["状态"],
  group_kind: ["群类型"],
  groups: ["群"],
  start: ["开始日期"],
  valid_from: ["生效日期"],
  cycle: ["周期"],
  mode: ["形式"],
  time: ["时间"],
  staff: ["人员"],
  tools: ["工具"],
  name: ["社群名称", "名称"],
  topic: ["主题"],
  audience: ["目标用户", "人群"],
  positioning: ["定位"],
  vision: ["愿景"],
  mission: ["使命"],
  values: ["价值观"],
  content: ["内容"],
  interaction: ["互动"],
  service: ["服务"],
  tasks: ["任务"],
  cadence: ["频次"],
  timetable: ["时间表"],
  roles: ["分工"],
  meeting: ["例会"],
  training: ["培训"],
  kpis: ["指标"],
  monitors: ["监控项"],
  evaluation: ["评估"],
  improvement: ["改进"],
} as const satisfies Record<string, readonly string[]>;

/** Values of the closed lists, as they may be written. */
export const VALUE_WORDS = {
  weekday: {
    周一: "mon",
    周二: "tue",
    周三: "wed",
    周四: "thu",
    周五: "fri",
    周六: "sat",
    周日: "sun",
    每天: "daily",
    工作日: "workday",
    周末: "weekend",
  },
  task: {
    规划: "plan",
    审核: "audit",
    发布: "publish",
    互动: "interact",
    分析: "analyse",
    培训: "train",
    例会: "meet",
  },
  since: { 建群: "group_created", 开营: "camp_start", 入群: "member_join" },
  period: { 日: "day", 天: "day", 周: "week", 月: "month", 营: "camp" },
  status: { 描述: "describe", 规划: "plan", 执行: "run", 监控: "monitor" },
} as const satisfies Record<string, Record<string, string>>;

/** The plan's own key for a word, undefined for one that is not known. */
export function keyOf<K extends string>(
  words: Readonly<Record<K, readonly string[]>>,
  word: string,
): K | undefined {
  const plain = word.normalize("NFKC").trim().toLowerCase();
  return (Object.keys(words) as K[]).find((key) => key === plain || words[key].includes(plain));
}

/** The value that a word of a closed list stands for; the word itself where it is none. */
export function wordValue(list: keyof typeof VALUE_WORDS, word: string): string {
  const plain = word
    .normalize("NFKC")
    .trim()
    .replace(/^星期/, "周")
    .replace(/^周天$/, "周日");
  return (VALUE_WORDS[list] as Record<string, string>)[plain] ?? plain.toLowerCase();
}
