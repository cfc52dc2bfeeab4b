import type { Importer } from "../src/kit/importer.ts";
import calendarTable from "./calendars/calendar-table.ts";
import fupanCalendar from "./calendars/fupan-calendar.ts";
import chatlabJson from "./chats/chatlab-json.ts";
import chatlabJsonl from "./chats/chatlab-jsonl.ts";
import chatlogCsv from "./chats/chatlog-csv.ts";
import chatlogJson from "./chats/chatlog-json.ts";
import chatlogTxt from "./chats/chatlog-txt.ts";
import discordCsv from "./chats/discord-csv.ts";
import discordJson from "./chats/discord-json.ts";
import feishuArray from "./chats/feishu-array.ts";
import feishuJson from "./chats/feishu-json.ts";
import feishuJsonl from "./chats/feishu-jsonl.ts";
import fupanMessages from "./chats/fupan-messages.ts";
import ircLog from "./chats/irc-log.ts";
import linePcTxt from "./chats/line-pc-txt.ts";
import lineTxt from "./chats/line-txt.ts";
import memotraceAllCsv from "./chats/memotrace-all-csv.ts";
import memotraceCsv from "./chats/memotrace-csv.ts";
import memotraceTxt from "./chats/memotrace-txt.ts";
import messageTable from "./chats/message-table.ts";
import pywxdumpCsv from "./chats/pywxdump-csv.ts";
import pywxdumpJson from "./chats/pywxdump-json.ts";
import qceChunked from "./chats/qce-chunked.ts";
import qceJson from "./chats/qce-json.ts";
import qceSheet from "./chats/qce-sheet.ts";
import qceTxt from "./chats/qce-txt.ts";
import qqTxt from "./chats/qq-txt.ts";
import slackExport from "./chats/slack-export.ts";
import telegramJson from "./chats/telegram-json.ts";
import wechatDataAnalysis from "./chats/wechat-data-analysis.ts";
import wecomArchive from "./chats/wecom-archive.ts";
import wecomCallback from "./chats/wecom-callback.ts";
import weflowJson from "./chats/weflow-json.ts";
import weflowSheet from "./chats/weflow-sheet.ts";
import weflowTxt from "./chats/weflow-txt.ts";
import whatsappTxt from "./chats/whatsapp-txt.ts";
import wxcliJson from "./chats/wxcli-json.ts";
import wxcliTxt from "./chats/wxcli-txt.ts";
import wxcliYaml from "./chats/wxcli-yaml.ts";
import contactTable from "./members/contact-table.ts";
import discordMembers from "./members/discord-members.ts";
import fupanContacts from "./members/fupan-contacts.ts";
import fupanMembers from "./members/fupan-members.ts";
import memberTable from "./members/member-table.ts";
import openscrmCustomers from "./members/openscrm-customers.ts";
import openscrmGroups from "./members/openscrm-groups.ts";
import openscrmLost from "./members/openscrm-lost.ts";
import pywxdumpUsers from "./members/pywxdump-users.ts";
import scrmMembers from "./members/scrm-members.ts";
import shopifyCustomers from "./members/shopify-customers.ts";
import slackAnalytics from "./members/slack-analytics.ts";
import slackMembers from "./members/slack-members.ts";
import telegramMembers from "./members/telegram-members.ts";
import wechatGroupMembers from "./members/wechat-group-members.ts";
import wecomCustomers from "./members/wecom-customers.ts";
import wecomGroupchat from "./members/wecom-groupchat.ts";
import wecomStatistic from "./members/wecom-statistic.ts";
import youzanCustomers from "./members/youzan-customers.ts";
import amazonOrders from "./orders/amazon-orders.ts";
import douyinAftersales from "./orders/douyin-aftersales.ts";
import douyinFunds from "./orders/douyin-funds.ts";
import douyinOrders from "./orders/douyin-orders.ts";
import douyinSettlement from "./orders/douyin-settlement.ts";
import fupanOrders from "./orders/fupan-orders.ts";
import jdOrders from "./orders/jd-orders.ts";
import jdSettlement from "./orders/jd-settlement.ts";
import kuaituantuanOrders from "./orders/kuaituantuan-orders.ts";
import pddOrders from "./orders/pdd-orders.ts";
import pddSettlement from "./orders/pdd-settlement.ts";
import qunjielongItems from "./orders/qunjielong-items.ts";
import qunjielongOrders from "./orders/qunjielong-orders.ts";
import shopifyOrders from "./orders/shopify-orders.ts";
import taobaoItems from "./orders/taobao-items.ts";
import taobaoMallOrders from "./orders/taobao-mall-orders.ts";
import taobaoOrders from "./orders/taobao-orders.ts";
import wechatShopAftersales from "./orders/wechat-shop-aftersales.ts";
import wechatShopFunds from "./orders/wechat-shop-funds.ts";
import wechatShopOrders from "./orders/wechat-shop-orders.ts";
import woocommerceOrders from "./orders/woocommerce-orders.ts";
import xiaoeOrders from "./orders/xiaoe-orders.ts";
import xiaoeTable from "./orders/xiaoe-table.ts";
import xiaohongshuOrders from "./orders/xiaohongshu-orders.ts";
import youzanItems from "./orders/youzan-items.ts";
import youzanOrders from "./orders/youzan-orders.ts";
import fupanPlan from "./plans/fupan-plan.ts";
import fupanPlanTable from "./plans/fupan-plan-table.ts";
import sopTable from "./plans/sop-table.ts";
import fupanSurvey from "./surveys/fupan-survey.ts";
import surveyTable from "./surveys/survey-table.ts";
import wenjuanxing from "./surveys/wenjuanxing.ts";

/** Every format, once. The order means nothing: exactly one may match a file. */
export const importers: readonly Importer[] = [
  amazonOrders,
  chatlabJson,
  chatlabJsonl,
  chatlogCsv,
  chatlogJson,
  chatlogTxt,
  contactTable,
  discordCsv,
  discordJson,
  discordMembers,
  douyinAftersales,
  douyinFunds,
  douyinOrders,
  douyinSettlement,
  feishuArray,
  feishuJson,
  feishuJsonl,
  calendarTable,
  fupanCalendar,
  fupanContacts,
  fupanMembers,
  fupanMessages,
  fupanOrders,
  fupanPlan,
  fupanPlanTable,
  fupanSurvey,
  ircLog,
  jdOrders,
  jdSettlement,
  kuaituantuanOrders,
  linePcTxt,
  lineTxt,
  memberTable,
  memotraceAllCsv,
  memotraceCsv,
  memotraceTxt,
  messageTable,
  openscrmCustomers,
  openscrmGroups,
  openscrmLost,
  pddOrders,
  pddSettlement,
  pywxdumpCsv,
  pywxdumpJson,
  pywxdumpUsers,
  qceChunked,
  qceJson,
  qceSheet,
  qceTxt,
  qqTxt,
  qunjielongItems,
  qunjielongOrders,
  scrmMembers,
  shopifyCustomers,
  shopifyOrders,
  slackAnalytics,
  slackExport,
  slackMembers,
  sopTable,
  taobaoItems,
  taobaoMallOrders,
  taobaoOrders,
  telegramJson,
  telegramMembers,
  wechatDataAnalysis,
  wechatGroupMembers,
  wechatShopAftersales,
  wechatShopFunds,
  wechatShopOrders,
  wecomArchive,
  wecomCallback,
  wecomCustomers,
  wecomGroupchat,
  wecomStatistic,
  weflowJson,
  weflowSheet,
  weflowTxt,
  surveyTable,
  wenjuanxing,
  whatsappTxt,
  woocommerceOrders,
  wxcliJson,
  wxcliTxt,
  xiaoeOrders,
  xiaoeTable,
  wxcliYaml,
  xiaohongshuOrders,
  youzanCustomers,
  youzanItems,
  youzanOrders,
];
