import type { NoticeRule } from "./notice-rules.ts";

/* WhatsApp in Hebrew and Arabic; marks of direction are taken out before. */

export const SEMITIC: readonly NoticeRule[] = [
  // Hebrew: הוסיף, הוסיפה, הוסיף/ה
  {
    event: "group_create",
    test: /^(?<by>.+?) (?:יצר|יצרה|יצר\/ה) את הקבוצה(?: ["“״](?<to>.*)["”״])?$/u,
  },
  { event: "join", method: "link", test: /^ההצטרפות של (?<name>.+?) בוצעה.{0,60}$/u },
  { event: "join", method: "link", test: /^(?<name>.+?) (?:הצטרף|הצטרפה|הצטרף\/ה) .{0,30}קישור.{0,40}$/u },
  { event: "leave", test: /^(?<name>.+?) (?:יצא|יצאה|יצא\/ה|עזב|עזבה|עזב\/ה)(?: את הקבוצה| מהקבוצה)?$/u },
  {
    event: "rename",
    test: /^(?<by>.+?) (?:שינה|שינתה|שינה\/תה|שינה\/ה) את (?:נושא|שם) הקבוצה .{0,260}["“״](?<to>[^"“”״]*)["”״]$/u,
  },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?) (?:הוסיף|הוסיפה|הוסיף\/ה) את (?!.* ו)(?<all>.+)$/u,
  },
  { event: "join", method: "invite", test: /^(?<by>.+?) (?:הוסיף|הוסיפה|הוסיף\/ה) (?<name>אותך)$/u },
  { event: "join", method: "invite", test: /^(?<name>.+?) (?:צורף|צורפה|צורף\/ה)(?: לקבוצה)?$/u },
  {
    event: "kick",
    test: /^(?<by>.+?) (?:הסיר|הסירה|הסיר\/ה) את (?!סמל|תיאור|תמונת|נושא|.* ו)(?<all>.+)$/u,
  },
  { event: "kick", test: /^(?<name>.+?) (?:הוסר|הוסרה|הוסר\/ה)(?: מהקבוצה)?$/u },
  // Arabic: the verb may stand before who did it
  { event: "group_create", test: /^(?<by>.+?) (?:أنشأ|أنشأت) (?:هذه )?المجموعة(?: [“"«](?<to>.*)[”"»])?$/u },
  {
    event: "group_create",
    test: /^(?:أنشأ|أنشأت) (?<by>.+?) (?:هذه )?(?:ال)?مجموعة(?: [“"«](?<to>.*)[”"»])?$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?:انضم|انضمت) (?<name>.+?) (?:باستخدام|عبر|عن طريق) .{0,20}رابط.{0,40}$/u,
  },
  { event: "join", method: "link", test: /^(?<name>.+?) (?:انضم|انضمت) .{0,30}رابط.{0,40}$/u },
  { event: "leave", test: /^(?<name>.+?) (?:غادر|غادرت)(?: المجموعة)?$/u },
  { event: "leave", test: /^(?:غادر|غادرت) (?!المجموعة$)(?<name>.+?)(?: المجموعة)?$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) (?:أضاف|أضافت) (?!هذه |.* و)(?<name>[^،]+)$/u },
  { event: "join", method: "invite", test: /^(?:قام|قامت) (?<by>.+?) بإضافة (?!.* و)(?<name>[^،]+)$/u },
  { event: "kick", test: /^(?<by>.+?) (?:أزال|أزالت) (?!هذه |صورة|وصف|.* و)(?<name>[^،]+)$/u },
  { event: "kick", test: /^(?:قام|قامت) (?<by>.+?) بإزالة (?!صورة|وصف|.* و)(?<name>[^،]+)$/u },
];
