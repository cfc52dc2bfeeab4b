import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { both } from "./kit/allowed.ts";
import { UserError } from "./kit/errors.ts";
import { KIND_NAMES } from "./kit/importer.ts";
import { mappingProblem } from "./kit/mapping-problem.ts";
import { parseYaml, sourceProblem } from "./kit/yaml.ts";

const id = z.union([z.string(), z.number()]).transform(String);
/** Four rising limits between the scores 1 to 5, or fifths of the buyers. */
const cuts = z.union([z.array(z.number().min(0)).length(4), z.literal("quintiles")]);
const days = z.number().int().min(1).max(3650);
const minutes = z.number().int().min(1).max(1440);
/** Whole months: 24 or "24 months". */
const months = z.union([
  z.number().int().min(1).max(600),
  z
    .string()
    .regex(
      /^[1-9]\d{0,2} ?(?:months?|个月)$/,
      both("几个月，如 24 months", "a number of months, such as 24 months"),
    )
    .transform((text) => Number.parseInt(text, 10)),
]);
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, both("一天里的时间，如 08:00", "a time of day, such as 08:00"));

/** Name of an environment variable. */
const variable = z
  .string()
  .regex(
    /^[A-Za-z_]\w*$/,
    both("环境变量名，如 FUPAN_ROBOT_URL", "a variable's name, such as FUPAN_ROBOT_URL"),
  );

const columnName = z.union([z.string(), z.array(z.string()).min(1)]);

/** The object that an importer in pipelines/ gives to `columns`, as YAML. */
export const columnMap = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]*$/,
      both("小写字母、数字和 -，如 my-orders", "small letters, digits and -, such as my-orders"),
    ),
  title: z.string().optional(),
  kind: z.enum(KIND_NAMES).exclude(["plan"]),
  columns: z.record(z.string(), columnName),
  required: z.array(z.string()).optional(),
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  status: z.record(z.string(), z.string()).optional(),
  otherwise: z.record(z.string(), z.string()).optional(),
  nulls: z.array(z.string()).optional(),
  /** SQL over the columns of a row: no statement, no file. */
  derive: z
    .record(
      z.string(),
      z
        .string()
        .refine(
          (sql) => !/;|--|\b(select|from|read_\w+|getenv|glob)\b/i.test(sql),
          both("只用列名的表达式", "an expression over columns"),
        ),
    )
    .optional(),
  defaults: z.record(z.string(), z.string()).optional(),
  marks: z.array(columnName).optional(),
  only: z.record(z.string(), z.array(z.string())).optional(),
  headerRows: z.number().int().min(1).max(9).optional(),
  dashedDates: z.boolean().optional(),
  idPrefix: z.string().optional(),
});

/** Rules by id: false = off, or other thresholds. The rules themselves say which there are. */
const rules = z.record(
  z.string(),
  z.union([z.literal(false), z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))]),
);

const words = z.array(z.string().trim().min(1).max(50));

/** A label's own words: a list, or what means it (`terms`) and what only looks like it (`masks`). */
const ownWords = z
  .union([words, z.strictObject({ terms: words.default([]), masks: words.default([]) })])
  .transform((value) => (Array.isArray(value) ? { terms: value, masks: [] } : value));
const lexicon = z.record(z.string(), ownWords).default({});
/** A group adds words; what hides words holds for all groups, since one pattern is matched for all. */
const groupLexicon = z
  .record(
    z.string(),
    words.transform((terms) => ({ terms, masks: [] })),
  )
  .default({});

const timezone = z
  .string()
  .refine(isTimeZone, both("IANA 时区，如 Asia/Shanghai", "an IANA time zone, such as Asia/Shanghai"));

const configSchema = z.strictObject({
  community: z.string().default("社群"),
  timezone: timezone.default("Asia/Shanghai"),
  weekStart: z.enum(["monday", "sunday", "saturday"]).default("monday"),
  language: z.enum(["zh", "en"]).default("zh"),
  /** ISO 4217. */
  currency: z
    .string()
    .length(3)
    .transform((code) => (code.toUpperCase() === "RMB" ? "CNY" : code.toUpperCase()))
    .default("CNY"),
  /** Where a phone number without a country code belongs (ISO 3166). */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, both("两个大写字母的国家代码，如 CN", "a country code, such as CN"))
    .default("CN"),
  /** Whose public holidays and sales festivals make a week unlike its neighbours; default: China's where the country is China. */
  holidays: z.enum(["china", "none"]).optional(),
  self: id.optional(),
  staff: z.array(id).default([]),
  bots: z.array(id).default([]),
  /** Who holds which job: `assistant: [id, …]`. They count as staff. */
  jobs: z.record(z.string(), z.array(id)).default({}),
  groups: z
    .record(
      z.string(),
      z.strictObject({
        name: z.string().optional(),
        kind: z.string().optional(),
        owner: id.optional(),
        rules: rules.optional(),
        lexicon: groupLexicon,
      }),
    )
    .default({}),
  lexicon,
  identity: z.strictObject({ maxPersonsPerPhone: z.number().int().min(1).default(3) }).prefault({}),
  memberships: z
    .strictObject({
      debounceMinutes: z.number().min(0).max(1440).default(10),
      implied: z.boolean().default(true),
    })
    .prefault({}),
  segments: z
    .strictObject({
      newDays: days.default(7),
      dormantDays: days.default(30),
      repeatDays: days.default(180),
      activeDays: days.default(7),
    })
    .prefault({}),
  rfm: z
    .strictObject({
      recency: cuts.default([7, 14, 30, 60]),
      frequency: cuts.default([2, 3, 4, 6]),
      monetary: cuts.default("quintiles"),
    })
    .prefault({}),
  /** So many points are worth so much; an order of a repeat buyer earns times as many (handbook S4-31, S4-32). */
  points: z
    .strictObject({
      per: z.number().int().min(1).default(100),
      yuan: z.number().min(0).default(5),
      repeatTimes: z.number().int().min(1).max(100).default(2),
    })
    .prefault({}),
  optOut: z.array(id).default([]),
  rules: rules.default({}),
  suggestions: z
    .strictObject({
      perGroup: z.number().int().min(1).max(20).default(5),
      coolDownWeeks: z.number().int().min(0).max(52).default(2),
      rejectedWeeks: z.number().int().min(0).max(520).default(8),
      weeks: z.number().int().min(2).max(156).default(26),
    })
    .prefault({}),
  targets: z.record(z.string(), z.number()).default({}),
  sop: z
    .strictObject({
      /** Minutes around a step's time that count as on time, and after which it counts as missed. */
      windowMinutes: minutes.default(10),
      lateMinutes: minutes.default(120),
      /** Share of a script that must be found in what was sent. */
      similarity: z.number().min(0).max(1).default(0.6),
      /** How far ahead steps are planned. */
      horizonDays: days.default(35),
      /** When the staff is there for members; nothing is sent in the quiet hours outside. */
      opens: clock.default("08:00"),
      closes: clock.default("22:00"),
      replyMinutes: minutes.default(30),
      /** Messages in a row that are a flood (handbook D-14: 5 or more). */
      floodMin: z.number().int().min(2).max(100).default(5),
      /** What a plan is held against (handbook D-07, S3-23, S3-26, S0-20, S0-11). */
      adsPerWeek: z.number().int().min(0).max(100).default(2),
      adsPerWeekOf: z.record(z.string(), z.number().int().min(0).max(100)).default({ marketing: 4 }),
      atAllHours: z.number().min(0).max(720).default(48),
      textLength: z.number().int().min(1).max(5000).default(200),
      groupsPerAssistant: z.number().int().min(1).max(1000).default(3),
      /** What the platform allows: messages of one account in a minute, messages a group gets in a day. Off until entered. */
      sendsPerMinute: z.number().int().min(1).max(10_000).optional(),
      sendsPerDay: z.number().int().min(1).max(10_000).optional(),
      campDays: z.strictObject({ min: days.default(3), max: days.default(7) }).prefault({}),
    })
    .prefault({}),
  /** Group robots that announce due steps (`fupan sop remind`). Off while the list is empty; addresses are secrets. */
  reminders: z
    .array(
      z
        .strictObject({
          robot: z.string(),
          urlEnv: variable.optional(),
          urlFile: z.string().optional(),
          secretEnv: variable.optional(),
          secretFile: z.string().optional(),
          role: z.string().optional(),
          group: id.optional(),
          /** How long before a step's time it is announced. */
          aheadMinutes: minutes.default(30),
        })
        .refine(({ urlEnv, urlFile }) => (urlEnv === undefined) !== (urlFile === undefined), {
          message: both(
            "urlEnv 或 urlFile 写一个（地址本身等于密码，不写在这里）",
            "either urlEnv or urlFile: the address itself is a password",
          ),
        }),
    )
    .default([]),
  /** How long each kind of data is kept; what is older goes at the next build. Nothing goes by itself. */
  retention: z
    .strictObject({
      messages: months.optional(),
      members: months.optional(),
      orders: months.optional(),
      surveys: months.optional(),
      rejects: months.optional(),
    })
    .prefault({}),
  history: z.strictObject({ maxWeeks: z.number().int().min(8).max(1040).default(156) }).prefault({}),
  tables: z.array(columnMap).default([]),
});

export type Config = z.infer<typeof configSchema>;

/** @throws UserError naming the key, its line and what is allowed. */
export function readConfig(path: string): Config {
  return parseConfig(readSettings(path), path);
}

/**
 * A settings file as text, without the mark that some editors put first.
 * @throws UserError unless it is UTF-8: Chinese Windows saves as GBK where it is not asked for, and names would be others.
 */
export function readSettings(path: string): string {
  const bytes = bytesOf(path);
  if (isUtf8(bytes)) return bytes.toString("utf8").replace(/^\uFEFF/, "");
  throw new UserError(
    { zh: `${path} 不是 UTF-8 编码`, en: `${path} is not UTF-8` },
    {
      hint: {
        zh: "用记事本打开，另存为，编码选 UTF-8。",
        en: "Open it in an editor and save it as UTF-8.",
      },
    },
  );
}

/** A folder in a file's place is told by the reading, which does not say whose. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}

export function parseConfig(text: string, path: string): Config {
  const { value, document, lines } = parseYaml(text, path);
  const parsed = configSchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw sourceProblem(path, document, lines, parsed.error, configSchema);
}

/** Column maps from elsewhere (`--mapping`). @throws UserError when one is wrong. */
export function readConfigTables(
  specs: readonly unknown[],
  path: string,
): [z.infer<typeof columnMap>, ...z.infer<typeof columnMap>[]] {
  const parsed = z.tuple([columnMap], columnMap).safeParse(specs);
  if (parsed.success) return parsed.data;
  throw mappingProblem(path, parsed.error, Object.keys(columnMap.shape), specs.length);
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
