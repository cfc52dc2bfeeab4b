import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { replaceFile, sync } from "../durable.ts";
import { UserError } from "../kit/errors.ts";
import { State } from "../state/state.ts";
import { openWorkspace } from "../workspace.ts";
import { type Context, callerPath, print, say } from "./context.ts";
import { regionOf } from "./region.ts";

const TEMPLATE = `# 复盘工作区设置。删掉行首的 # 就生效；写错的键会连行号一起报出来。
# Settings of this Fupan workspace. Remove the # to set a value; a wrong key is reported with its line.

community: 我的社群            # 报告上的名字 · name on the report
timezone: Asia/Shanghai        # 一周从哪里的零点算起 · whose midnight begins the week
# weekStart: monday            # monday | sunday | saturday
# language: zh                 # zh | en
# currency: CNY
# country: CN                  # 没写国家码的手机号算哪里的；CN 还标出中国的节假日和大促 · where a phone number without a country code belongs; CN marks China's holidays and sales festivals too

# 自己导出的聊天记录里“我”是谁 · who "me" is in your own exports
# self: wxid_me

# 不计入指标的人；不分先后，以前各周也一起重算 · people outside every KPI, in the weeks before too
# staff: [ZhangSan, wxid_assistant]
# bots: [wb_helper]
# optOut: [wxid_guest, 13800000000]   # 不想被联系的人（编号、手机号、邮箱） · who asked not to be written to

# 群的名字和类型 · names and kinds of groups
# groups:
#   wrExampleChat001: { name: 一群, kind: retail }

# targets:                       # 目标 · targets (0.3 = 30 %)
#   activity_rate: 0.3

# 各类数据保留几个月；更早的在下次计算时删除，并写明删了多少。不写就一直保留
# months that each kind of data is kept; what is older goes at the next build, which says how much. Unset: kept
# retention: { messages: 24 months, members: 36 months, orders: 60 months, surveys: 24 months, rejects: 3 months }

# 到点前提醒（默认关闭）：地址放环境变量或单独文件，定时运行 fupan sop remind
# reminders to a group robot (off by default); the address comes from the environment or a file of its own
# reminders:
#   - { robot: ROBOT, urlEnv: FUPAN_ROBOT_URL, role: assistant, aheadMinutes: 30 }

# 不写代码的表格格式 · a table format without code
# tables:
#   - id: my-orders
#     kind: order
#     columns: { order_id: 单号, paid_at: 付款时间, amount: 实付, phone: 手机 }
`;

/**
 * Who asks in English need not be in China: the machine's zone is the better guess, and tells the country and its money.
 * Where it tells none (UTC), no holidays are those of China.
 */
function inEnglish(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const region = regionOf(timeZone);
  const settings = TEMPLATE.replace("我的社群  ", "My community")
    .replace("# language: zh ", "language: en   ")
    .replace("Asia/Shanghai ", `${timeZone} `);
  if (!region)
    return settings.replace(/^# country: .*\n/m, "$&holidays: none                # china | none\n");
  const { country, currency } = region;
  return settings
    .replace("# country: CN ", `country: ${country}   `)
    .replace("# currency: CNY\n", currency === undefined ? "$&" : `currency: ${currency}\n`);
}

/** Makes a workspace: a commented fupan.yaml, in English for whoever asked for it, the folders, and the state with its own secret. */
export async function init(context: Context, dir = context.globals.workspace ?? "."): Promise<void> {
  const root = callerPath(dir);
  const file = join(root, "fupan.yaml");
  if (existsSync(file)) {
    throw new UserError(
      { zh: `${root} 已经是复盘工作区`, en: `${root} is a Fupan workspace already` },
      {
        hint: {
          zh: "直接把导出文件放进 inbox，然后运行 fupan run。",
          en: "Put exports into inbox and run fupan run.",
        },
      },
    );
  }
  mkdirSync(root, { recursive: true, mode: 0o700 });
  sync(dirname(root));
  replaceFile(file, context.globals.lang === "en" ? inEnglish() : TEMPLATE);
  const workspace = openWorkspace(root);
  await new State(workspace.state).create();
  const { timezone, currency } = workspace.config;
  print(context, { workspace: root }, () =>
    say(context, {
      zh: `工作区已建好：${root}\n一周从 ${timezone} 的零点算起，金额只计 ${currency}；不对就改 fupan.yaml 里的 timezone 和 currency。\n把导出文件放进 ${workspace.inbox}，然后运行 fupan run。`,
      en: `Workspace ready: ${root}\nWeeks begin at midnight in ${timezone}, and amounts count in ${currency}: if that is wrong, change timezone, currency and country in fupan.yaml.\nPut exports into ${workspace.inbox}, then run fupan run.`,
    }),
  );
}
