import { FOREIGN } from "./foreign-notices.ts";
import type { NoticeRule } from "./notice-rules.ts";

/*
 * What WhatsApp writes into a group's log, in English, Chinese, Spanish, Portuguese, German, Japanese, French
 * and Italian (others: foreign-notices.ts); German ends its sentences with a full stop in some versions. The group's name
 * and the persons stand as they are in the phone's address book; nobody is quoted. A group is added to a community, too:
 * that is nobody's join.
 */
export const WHATSAPP: readonly NoticeRule[] = [
  { event: "group_create", test: /^(?<by>.+?) created (?:this )?group(?: ["“](?<to>.*)["”])?$/u },
  {
    event: "group_create",
    test: /^(?<by>.+?)(?:创建了此群组|創建了此群組|已建立群組|建立了此群組)(?:[“「"](?<to>.*)[”」"])?$/u,
  },
  {
    event: "group_create",
    test: /^(?<by>.+?) (?:creó el grupo|criou (?:o|este) grupo)(?: ["“](?<to>.*)["”])?$/u,
  },
  {
    event: "group_create",
    test: /^(?<by>.+?) (?:hat|hast) (?:die|diese) Gruppe(?: [„“"](?<to>.*)[“”"])? erstellt\.?$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) joined (?:using (?:this (?:group|community)['’]s|your|an?|a group)(?: group)?(?: invite)? link|via an invite link|from the community)\.?$/u,
  },
  { event: "join", method: "invite", test: /^(?<all>.+?) joined using your invite\.?$/u },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?)已?(?:使用此群组的邀请链接加入|使用此群組的邀請連結加入|透過此群組的邀請連結加入)了?$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:se unió (?:usando|con) el enlace|entrou usando o link)\b.*$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:ist|bist) .*(?:Einladungslink).*beigetreten\.?$/u,
  },
  { event: "join", method: "invite", test: /^(?!this group )(?<name>.+?) (?:was|were) added$/iu },
  { event: "kick", test: /^(?<name>.+?) (?:was|were) removed$/u },
  { event: "leave", test: /^(?<name>.+?) left(?: the group)?$/u },
  { event: "leave", test: /^(?<name>.+?)(?:退出了群组|退出了群組|已離開群組|退出了|已離開)$/u },
  // Spanish says of the account itself what it did in one word.
  { event: "leave", test: /^(?<name>Saliste)(?: del grupo)?$/u },
  { event: "join", method: "invite", test: /^(?:Añadiste|Agregaste) a (?<all>.+)$/u },
  { event: "kick", test: /^(?:Eliminaste|Quitaste) a (?<all>.+)$/u },
  { event: "group_create", test: /^Creaste (?:el|este) grupo(?: ["“](?<to>.*)["”])?$/u },
  { event: "leave", test: /^(?<name>.+?) (?:salió(?: del grupo)?|saiu(?: do grupo)?)$/u },
  { event: "leave", test: /^(?<name>.+?) (?:hat|hast) die Gruppe verlassen\.?$/u },
  {
    event: "rename",
    test: /^(?<by>.+?) changed the (?:group name|subject)(?: from ["“].*["”])? to ["“](?<to>.*)["”]$/u,
  },
  {
    event: "rename",
    test: /^(?<by>.{1,99}?)已?(?:将群组名称|將群組名稱)(?:[从從].{0,250})?(?:更改为|更改為|改為)[“「"](?<to>.{0,250})[”」"]$/u,
  },
  {
    event: "rename",
    test: /^(?<by>.+?) (?:cambió el asunto|mudou o assunto|cambió el nombre del grupo|mudou o nome do grupo)(?: de ["“].*["”])? (?:a|para) ["“](?<to>.*)["”]$/u,
  },
  {
    event: "rename",
    test: /^(?<by>.+?) (?:hat|hast) den (?:Betreff|Gruppennamen)(?: von .*)? (?:zu|in) [„“"](?<to>.*)[“”"] geändert\.?$/u,
  },
  { event: "group_create", test: /^(?<by>.+?)がグループ(?:["“「](?<to>.*)["”」])?を作成しました。?$/u },
  {
    event: "group_create",
    test: /^(?<by>.+?) (?:a créé|avez créé) le groupe(?: ["“«]\s?(?<to>.*?)\s?["”»])?$/u,
  },
  { event: "group_create", test: /^(?<by>.+?) (?:ha|hai) creato il gruppo(?: ["“](?<to>.*)["”])?$/u },
  { event: "join", method: "link", test: /^(?<name>.+?)が.{0,30}招待リンク.{0,12}参加しました。?$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?)が(?<names>.+?)を追加しました。?$/u },
  { event: "kick", test: /^(?<by>.+?)が(?<names>.+?)を(?:削除|退出)(?:させ)?ました。?$/u },
  { event: "leave", test: /^(?<name>.+?)が(?:グループを|グループから)?退出しました。?$/u },
  { event: "leave", test: /^(?<name>.+?) (?:est parti(?:\(e\)|e)?|a quitté(?: le groupe)?)$/u },
  { event: "leave", test: /^(?<name>.+?) (?:ha abbandonato|ha lasciato)(?: il gruppo)?$/u },
  { event: "pin", test: /^(?<by>.+?) pinned a message$/u },
  { event: "nick_change", test: /^(?<name>.+?) changed to (?<by>.+)$/u },
  { event: "nick_change", test: /^(?<name>.+?) changed their phone number\b.*$/u },
  {
    event: "join",
    method: "invite",
    test: /^(?!This group )(?<by>.+?) added (?!this group |the group )(?<all>.+)$/u,
  },
  { event: "kick", test: /^(?<by>.+?) removed (?!this group|the group)(?<all>.+)$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?)(?:添加了|已新增)(?<names>.+)$/u },
  { event: "kick", test: /^(?<by>.+?)(?:移除了|已移除)(?<names>.+)$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) (?:añadió a|agregó a|adicionou) (?<all>.+)$/u },
  {
    event: "join",
    method: "invite",
    test: /^(?:Se añadió a |)(?<name>.+?) (?:foi adicionad[oa](?:\(a\))?|fue añadid[oa])$/u,
  },
  { event: "kick", test: /^(?<by>.+?) (?:eliminó a|quitó a|removeu) (?<all>.+)$/u },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?) (?:a ajouté|avez ajouté|ha aggiunto|hai aggiunto) (?<all>.+)$/u,
  },
  {
    event: "kick",
    test: /^(?<by>.+?) (?:a retiré|avez retiré|a supprimé|ha rimosso|hai rimosso) (?!l['’]|la |le |les |il )(?<all>.+)$/u,
  },
  { event: "join", method: "invite", test: /^(?<by>.+?) (?:hat|hast) (?<all>.+?) hinzugefügt\.?$/u },
  { event: "kick", test: /^(?<by>.+?) (?:hat|hast) (?<all>.+?) entfernt\.?$/u },
  { event: "join", method: "invite", test: /^(?<name>.+?) (?:wurde|wurdest) hinzugefügt\.?$/u },
  { event: "kick", test: /^(?<name>.+?) (?:wurde|wurdest) entfernt\.?$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) (?<name>te) (?:añadió|agregó)$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) (?<name>ti) ha aggiunto$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) (?<name>vous) a ajoutée?$/u },
  { event: "join", method: "link", test: /^(?<name>.+?) a rejoint .{0,40}lien.{0,40}$/u },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:è entrat[oa]|si è unit[oa]) .{0,40}link.{0,40}$/u,
  },
  ...FOREIGN,
];
