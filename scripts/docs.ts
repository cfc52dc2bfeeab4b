// Fills the generated parts of the documents. `--check` only says which are out of date.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { LEAVE_KINDS, ROLES } from "../src/ingest/kinds/member.ts";
import { EVENT_TYPES } from "../src/ingest/kinds/tables.ts";
import { MESSAGE_WORDS } from "../src/kit/message-words.ts";
import { ORDER_STATES } from "../src/kit/order-words.ts";
import { type Promised, promises } from "./promises.ts";
import { readLock, shipped } from "./supply-chain.ts";

const ROOT = new URL("..", import.meta.url).pathname;
/** Those with generated parts. */
export const DOCUMENTS = [
  "README.md",
  "README.en.md",
  "docs/tables.md",
  "docs/dictionary.md",
  "docs/rules.md",
  "docs/reliability.md",
  "docs/handbook-cases.md",
  "docs/licences.md",
];
type Lang = "zh" | "en";
type Said = Record<Lang, string>;

/** What a command prints with `--json`: the documents say what the program says. */
function ask<T>(...args: string[]): T {
  const out = execFileSync(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
  return JSON.parse(out) as T;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

const CASES = "handbook.yaml";

/** Each promise with the tests that hold it. */
function held(list: readonly Promised[], promised = "promise"): string {
  return table(
    ["id", promised, "tested by", "open"],
    list.map(({ id, promise, tests, open }) => [
      id,
      promise,
      tests.map(({ file, titles }) => `\`${file}\`: ${titles.join("; ")}`).join("<br>") || "**no test**",
      open ?? "",
    ]),
  );
}

const KINDS: Record<string, Said> = {
  chat: { zh: "聊天记录", en: "chat log" },
  member: { zh: "成员", en: "members" },
  order: { zh: "订单", en: "orders" },
  survey: { zh: "问卷", en: "survey" },
  contact: { zh: "通讯录", en: "contacts" },
  calendar: { zh: "活动日历", en: "calendar" },
  plan: { zh: "SOP 计划", en: "SOP plan" },
  order_line: { zh: "订单（按商品）", en: "orders by item" },
  refund: { zh: "退款", en: "refunds" },
  group_stats: { zh: "群统计", en: "group figures" },
  order_item: { zh: "订单里的商品", en: "items of orders" },
};

/** A kind without words would stand in the README under its internal name. */
function kindOf(kind: string): Said {
  const said = KINDS[kind];
  if (!said) throw new Error(`scripts/docs.ts has no words for the kind ${kind}`);
  return said;
}

const parts: Record<string, (lang: Lang) => string> = {
  formats: (lang) =>
    table(
      lang === "zh" ? ["格式", "内容", "代号"] : ["format", "content", "id"],
      ask<{ id: string; title: Said; kind: string }[]>("formats", "--json").map(({ id, title, kind }) => [
        title[lang],
        kindOf(kind)[lang],
        `\`${id}\``,
      ]),
    ),
  tables: () =>
    ask<{ id: string; title: Said; columns?: { name: string; title: Said; required: boolean }[] }[]>(
      "formats",
      "--json",
    )
      .filter(({ columns }) => columns)
      .map(
        ({ id, title, columns = [] }) =>
          `### ${title.zh} · ${title.en} (\`${id}\`)\n\n${table(
            ["header", "内容", "content", "必填 · required"],
            columns.map((one) => [`\`${one.name}\``, one.title.zh, one.title.en, one.required ? "✓" : ""]),
          )}`,
      )
      .join("\n\n"),
  words: () => {
    const rows = (where: string, words: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(words).map(([word, all]) => [
        where,
        `\`${word}\``,
        all.filter((one) => one !== word).join("、"),
      ]);
    return table(
      ["列 · column", "读作 · read as", "也可以写 · also written"],
      [
        ...rows("`status`", ORDER_STATES),
        ...rows("`role`", ROLES),
        ...rows("`leave_kind`", LEAVE_KINDS),
        ...rows("`kind`", MESSAGE_WORDS),
        ...rows("`type`", EVENT_TYPES),
      ],
    );
  },
  commands: (lang) =>
    table(
      lang === "zh" ? ["命令", "做什么"] : ["command", "does"],
      ask<{ usage: string; description: Said }[]>("commands").map(({ usage, description }) => [
        `\`${usage}\``,
        description[lang],
      ]),
    ),
  kpis: (lang) =>
    table(
      lang === "zh" ? ["指标", "口径", "代号"] : ["KPI", "definition", "id"],
      ask<{ id: string; title: Said; description: Said }[]>("kpis", "--json").map((kpi) => [
        kpi.title[lang],
        kpi.description[lang],
        `\`${kpi.id}\``,
      ]),
    ),
  rules: (lang) =>
    table(
      lang === "zh"
        ? ["规则", "什么时候提", "门槛（可改）", "建议"]
        : ["rule", "fires when", "thresholds", "suggestion"],
      ask<
        {
          id: string;
          title: Said;
          description: Said;
          minSample: number;
          params: { name: string; value: unknown; title: Said }[];
          suggestion: Said;
        }[]
      >("rules", "--json").map((rule) => [
        `\`${rule.id}\` ${rule.title[lang]}`,
        rule.description[lang],
        [
          ...rule.params.map(({ name, value, title }) => `${title[lang]} \`${name}\` = ${value ?? "—"}`),
          ...(rule.minSample > 0
            ? [`${lang === "zh" ? "最少样本" : "minimum sample"} ${rule.minSample}`]
            : []),
        ].join("; "),
        rule.suggestion[lang],
      ]),
    ),
  reliability: () => held(promises(ROOT).filter(({ id }) => id.startsWith("R"))),
  findings: () =>
    held(
      promises(ROOT).filter(({ id }) => id.startsWith("F")),
      "what happens, and what holds it off",
    ),
  handbook: () => held(promises(ROOT, CASES).filter(({ id }) => id.startsWith("C"))),
  oracles: () => held(promises(ROOT, CASES).filter(({ id }) => id.startsWith("A"))),
  licences: () =>
    table(
      ["package", "version", "licence"],
      shipped(readLock(ROOT)).map(({ name, version, license }) => [name, version, license]),
    ),
  dictionary: () =>
    ask<
      {
        table: string;
        description: string;
        grain?: string[];
        columns: { name: string; description: string }[];
      }[]
    >("dictionary", "--json")
      .map(
        (one) =>
          `## ${one.table}\n\n${one.description}\n${one.grain ? `\nOne row per ${one.grain.join(", ")}.\n` : ""}\n${table(
            ["column", "meaning"],
            one.columns.map(({ name, description }) => [`\`${name}\``, description]),
          )}`,
      )
      .join("\n\n"),
};

/** The document with each `<!-- generated: part lang -->` … `<!-- end -->` filled anew. @throws for an unknown part. */
export function filled(source: string): string {
  return source.replace(
    /<!-- generated: (\w+)(?: (zh|en))? -->\n[\s\S]*?<!-- end -->/g,
    (_, part: string, lang: Lang = "en") => {
      const make = parts[part];
      if (!make) throw new Error(`no generated part is called ${part}`);
      return `<!-- generated: ${part}${make.length === 0 ? "" : ` ${lang}`} -->\n\n${make(lang)}\n\n<!-- end -->`;
    },
  );
}

function main(): void {
  const check = process.argv.includes("--check");
  const stale = DOCUMENTS.filter((file) => {
    const path = `${ROOT}${file}`;
    const source = existsSync(path) ? readFileSync(path, "utf8") : "";
    const wanted = filled(source);
    if (wanted === source) return false;
    if (!check) writeFileSync(path, wanted);
    return true;
  });
  for (const file of stale) console.log(check ? `${file} is out of date: npm run docs` : `written: ${file}`);
  if (check && stale.length > 0) process.exitCode = 1;
}

if (process.argv[1] === new URL(import.meta.url).pathname) main();
