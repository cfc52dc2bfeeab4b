import type { Importer } from "../src/kit/importer.ts";
import fupanCalendar from "./calendars/fupan-calendar.ts";
import fupanMessages from "./chats/fupan-messages.ts";
import ircLog from "./chats/irc-log.ts";
import linePcTxt from "./chats/line-pc-txt.ts";
import lineTxt from "./chats/line-txt.ts";
import memotraceCsv from "./chats/memotrace-csv.ts";
import qqTxt from "./chats/qq-txt.ts";
import telegramJson from "./chats/telegram-json.ts";
import wecomArchive from "./chats/wecom-archive.ts";
import wecomCallback from "./chats/wecom-callback.ts";
import whatsappTxt from "./chats/whatsapp-txt.ts";
import fupanContacts from "./members/fupan-contacts.ts";
import fupanMembers from "./members/fupan-members.ts";
import wecomGroupchat from "./members/wecom-groupchat.ts";
import fupanOrders from "./orders/fupan-orders.ts";
import youzanOrders from "./orders/youzan-orders.ts";
import fupanPlan from "./plans/fupan-plan.ts";
import fupanSurvey from "./surveys/fupan-survey.ts";

/** Every format, once. The order means nothing: exactly one may match a file. */
export const importers: readonly Importer[] = [
  fupanCalendar,
  fupanContacts,
  fupanMembers,
  fupanMessages,
  fupanOrders,
  fupanPlan,
  fupanSurvey,
  ircLog,
  linePcTxt,
  lineTxt,
  memotraceCsv,
  qqTxt,
  telegramJson,
  wecomArchive,
  wecomCallback,
  wecomGroupchat,
  whatsappTxt,
  youzanOrders,
];
