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
    test: /^(?<by>.+?)(?:创建了此?群组|創建了此?群組|已?建立了?此?群組)(?:[“「"](?<to>.*)[”」"])?$/u,
  },
  { event: "group_create", test: /^(?<by>.+?)(?:已建立|建立了)「(?<to>.*)」群組$/u },
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
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:was|were) added via (?:an? |the |this group['’]s )?(?:group )?(?:invite )?link\.?$/u,
  },
  { event: "join", method: "invite", test: /^(?<all>.+?) joined using your invite\.?$/u },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?)已?(?:使用|通过|透過|經由|用)(?:此群组的|此群組的)?(?:邀请链接|邀請連結)加入了?(?:群组|群組)?$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:se unió (?:usando|con|mediante|a través de) (?:el|un) enlace|entrou (?:usando|com|pelo|por meio d[eo]|através d[eo]) (?:o |um )?link)\b.*$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^Se (?:añadió|agregó) a (?<name>.+?) (?:mediante|con|usando|a través de) .{0,20}enlace.{0,60}$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:ist|bist) .*(?:Einladungslink|über einen Link).*beigetreten\.?$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:wurde|wurdest) über .{0,30}(?:Einladungsl|L)ink.{0,20} hinzugefügt\.?$/u,
  },
  { event: "join", method: "invite", test: /^(?!this group )(?<name>.+?) (?:was|were) added$/iu },
  { event: "kick", test: /^(?<name>.+?) (?:was|were) removed$/u },
  { event: "leave", test: /^(?<name>.+?) left(?: the group)?$/u },
  {
    event: "leave",
    test: /^(?<name>.+?)(?:退出了群组|退出了群組|已離開群組|退出了|已退出|已離開|已离开|離開了|离开了)$/u,
  },
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
    test: /^(?<by>.{1,99}?)已?(?:将群组名称|將群組名稱|更改了群组名称|更改了群組名稱|變更了群組名稱)(?:，?[从從].{0,250})?(?:更改为|更改為|變更為|改为|改為)[“「"](?<to>.{0,250})[”」"]$/u,
  },
  {
    event: "rename",
    test: /^(?<by>.+?) (?:cambió el asunto|mudou o assunto|cambió el nombre del grupo|(?:mudou|alterou) o nome do grupo)(?: de ["“].*["”])? (?:a|para) ["“](?<to>.*)["”]$/u,
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
  { event: "join", method: "invite", test: /^(?<by>.+?)が(?!グループ|この)(?<names>.+?)を追加しました。?$/u },
  {
    event: "rename",
    test: /^(?<by>.{1,99}?)がグループ(?:名|の名前|の件名)を(?:「.{0,250}」から)?「(?<to>.{0,250})」に変更しました。?$/u,
  },
  {
    event: "kick",
    test: /^(?<by>.+?)が(?!グループ|この|メッセージ)(?<names>.+?)を(?:削除し|退出させ)ました。?$/u,
  },
  { event: "leave", test: /^(?<name>.+?)が(?:グループを|グループから)?退出しました。?$/u },
  { event: "leave", test: /^(?<name>.+?) (?:est parti(?:\(e\)|e)?|a quitté(?: le groupe)?)$/u },
  { event: "leave", test: /^(?<name>.+?) (?:ha abbandonato|ha lasciato)(?: il gruppo)?$/u },
  { event: "pin", test: /^(?<by>.+?) pinned a message$/u },
  { event: "pin", test: /^(?<by>.+?)(?:置顶了一条消息|置頂了一則訊息|釘選了一則訊息)$/u },
  {
    event: "pin",
    test: /^(?<by>.+?) (?:fijó un mensaje|fixou uma mensagem|hat eine Nachricht (?:angepinnt|angeheftet))\.?$/u,
  },
  { event: "nick_change", test: /^(?<name>.+?) changed to (?<by>.+)$/u },
  { event: "nick_change", test: /^(?<name>.+?) changed their phone number\b.*$/u },
  {
    event: "nick_change",
    test: /^(?<name>.+?)已?(?:更换了|更改了|變更了|更換了|更改|更换)(?:手机号码|电话号码|手機號碼|電話號碼)(?:[，。].{0,60})?$/u,
  },
  {
    event: "nick_change",
    test: /^(?<name>.+?) (?:cambió su número de teléfono|mudou (?:de|seu) número de telefone|hat eine neue Telefonnummer)\b.*$/u,
  },
  {
    event: "join",
    method: "invite",
    test: /^(?!This group )(?<by>.+?) added (?!this group |the |an? )(?<all>.+?)(?: to (?:the|this) (?:group|community))?$/u,
  },
  {
    event: "kick",
    test: /^(?<by>.+?) removed (?!this group|the |an? )(?<all>.+?)(?: from (?:the|this) (?:group|community))?$/u,
  },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?)已?[将將](?!此|群)(?<names>.+?)(?:添加到|加入|新增至|新增到)了?此?(?:群组|群組)?$/u,
  },
  { event: "kick", test: /^(?<by>.+?)已?[将將](?!此|群)(?<names>.+?)(?:移除|移出群组|移出群組)$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?)(?:添加了|已新增|新增了)(?!此|群)(?<names>.+)$/u },
  { event: "kick", test: /^(?<by>.+?)(?:移除了|已移除)(?!此|群)(?<names>.+)$/u },
  { event: "join", method: "invite", test: /^Se (?:añadió|agregó) a (?<all>.+)$/u },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?) (?:añadió a|agregó a|adicionou) (?!este |esse |esta |[ao]s? )(?<all>.+?)(?: (?:al|ao) grupo| a la comunidad| à comunidade)?$/u,
  },
  {
    event: "join",
    method: "invite",
    test: /^(?<name>.+?) (?:foi adicionad[oa](?:\(a\))?|fue añadid[oa])$/u,
  },
  { event: "kick", test: /^(?<by>.+?) (?:eliminó a|quitó a|removeu) (?![ao]s? |est[ea] |esse )(?<all>.+)$/u },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?) (?:a ajouté|avez ajouté|ha aggiunto|hai aggiunto) (?!ce |questo |l['’]|la |le |les |il )(?<all>.+)$/u,
  },
  {
    event: "kick",
    test: /^(?<by>.+?) (?:a retiré|avez retiré|a supprimé|ha rimosso|hai rimosso) (?!l['’]|la |le |les |il )(?<all>.+)$/u,
  },
  {
    event: "join",
    method: "invite",
    test: /^(?<by>.+?) (?:hat|hast) (?!(?:das|den|diese|dieses|eine) )(?<all>.+?)(?: zur (?:Gruppe|Community))? hinzugefügt\.?$/u,
  },
  {
    event: "kick",
    test: /^(?<by>.+?) (?:hat|hast) (?!(?:das|den|diese|dieses|eine) )(?<all>.+?) entfernt\.?$/u,
  },
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
