import type { Importer } from "../src/kit/importer.ts";
import fupanCalendar from "./calendars/fupan-calendar.ts";
import chatlabJson from "./chats/chatlab-json.ts";
import chatlabJsonl from "./chats/chatlab-jsonl.ts";
import chatlogCsv from "./chats/chatlog-csv.ts";
import chatlogJson from "./chats/chatlog-json.ts";
import chatlogTxt from "./chats/chatlog-txt.ts";
import discordCsv from "./chats/discord-csv.ts";
import discordJson from "./chats/discord-json.ts";
import feishuJson from "./chats/feishu-json.ts";
import fupanMessages from "./chats/fupan-messages.ts";
import ircLog from "./chats/irc-log.ts";
import linePcTxt from "./chats/line-pc-txt.ts";
import lineTxt from "./chats/line-txt.ts";
import memotraceCsv from "./chats/memotrace-csv.ts";
import memotraceTxt from "./chats/memotrace-txt.ts";
import messageTable from "./chats/message-table.ts";
import pywxdumpCsv from "./chats/pywxdump-csv.ts";
import pywxdumpJson from "./chats/pywxdump-json.ts";
import qceChunked from "./chats/qce-chunked.ts";
import qceJson from "./chats/qce-json.ts";
import qqTxt from "./chats/qq-txt.ts";
import slackExport from "./chats/slack-export.ts";
import telegramJson from "./chats/telegram-json.ts";
import wechatDataAnalysis from "./chats/wechat-data-analysis.ts";
import wecomArchive from "./chats/wecom-archive.ts";
import wecomCallback from "./chats/wecom-callback.ts";
import weflowJson from "./chats/weflow-json.ts";
import weflowTxt from "./chats/weflow-txt.ts";
import whatsappTxt from "./chats/whatsapp-txt.ts";
import wxcliJson from "./chats/wxcli-json.ts";
import wxcliTxt from "./chats/wxcli-txt.ts";
import fupanContacts from "./members/fupan-contacts.ts";
import fupanMembers from "./members/fupan-members.ts";
import pywxdumpUsers from "./members/pywxdump-users.ts";
import wecomGroupchat from "./members/wecom-groupchat.ts";
import fupanOrders from "./orders/fupan-orders.ts";
import youzanOrders from "./orders/youzan-orders.ts";
import fupanPlan from "./plans/fupan-plan.ts";
import fupanPlanTable from "./plans/fupan-plan-table.ts";
import fupanSurvey from "./surveys/fupan-survey.ts";

/** Every format, once. The order means nothing: exactly one may match a file. */
export const importers: readonly Importer[] = [
  chatlabJson,
  chatlabJsonl,
  chatlogCsv,
  chatlogJson,
  chatlogTxt,
  discordCsv,
  discordJson,
  feishuJson,
  fupanCalendar,
  fupanContacts,
  fupanMembers,
  fupanMessages,
  fupanOrders,
  fupanPlan,
  fupanPlanTable,
  fupanSurvey,
  ircLog,
  linePcTxt,
  lineTxt,
  memotraceCsv,
  memotraceTxt,
  messageTable,
  pywxdumpCsv,
  pywxdumpJson,
  pywxdumpUsers,
  qceChunked,
  qceJson,
  qqTxt,
  slackExport,
  telegramJson,
  wechatDataAnalysis,
  wecomArchive,
  wecomCallback,
  wecomGroupchat,
  weflowJson,
  weflowTxt,
  whatsappTxt,
  wxcliJson,
  wxcliTxt,
  youzanOrders,
];
