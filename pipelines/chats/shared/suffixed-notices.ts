import type { NoticeRule } from "./notice-rules.ts";

/* WhatsApp in languages that say by a word behind a name what became of it. */

const TR = /, (?:ve )?| ve /u;
const FI = /, (?:ja )?| ja /u;
const KO = /님(?:, | 및 |과 )/u;

export const SUFFIXED: readonly NoticeRule[] = [
  // Turkish: who did it stands before the first comma
  { event: "group_create", test: /^(?<by>.+?),? ["“](?<to>.*)["”] grubunu oluşturdu$/u },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:bu grubun |grubun |bir grup |grup )?(?:davet )?bağlantısı(?:nı kullanarak|yla) katıldı\.?$/u,
  },
  { event: "leave", test: /^(?<name>.+?) (?:gruptan )?ayrıldı\.?$/u },
  {
    event: "rename",
    test: /^(?<by>.+?),? (?:["“].{0,250}["”] olan )?grup adını ["“](?<to>.{0,250})["”] olarak değiştirdi$/u,
  },
  { event: "join", method: "invite", parted: TR, test: /^(?<by>.+?), (?<all>.+) kişi(?:si|leri)ni ekledi$/u },
  { event: "join", method: "invite", parted: TR, test: /^(?<all>.+) kişi(?:si|leri)ni eklediniz$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?),? (?<name>sizi) ekledi$/u },
  { event: "join", method: "invite", test: /^(?<name>.+?) gruba eklendi$/u },
  { event: "kick", parted: TR, test: /^(?<by>.+?), (?<all>.+) kişi(?:si|leri)ni çıkardı$/u },
  { event: "kick", parted: TR, test: /^(?<all>.+) kişi(?:si|leri)ni çıkardınız$/u },
  { event: "kick", test: /^(?<name>.+?) gruptan çıkarıldı$/u },
  // Finnish
  { event: "group_create", test: /^(?<by>.+?) loi ryhmän(?: ["”“](?<to>.*)["”“])?$/u },
  { event: "join", method: "link", test: /^(?<name>.+?) liittyi .{0,60}link.{0,40}$/u },
  { event: "leave", test: /^(?<name>.+?) poistui(?: ryhmästä)?$/u },
  { event: "rename", test: /^(?<by>.+?) vaihtoi (?:ryhmän )?(?:aiheeksi|nimeksi) ["”“](?<to>.*)["”“]$/u },
  { event: "join", method: "invite", parted: FI, test: /^(?<by>.+?) lisäsi (?:henkilö[nt] )(?<all>.+)$/u },
  { event: "join", method: "invite", test: /^(?<by>.+?) lisäsi (?<name>sinut)$/u },
  { event: "kick", parted: FI, test: /^(?<by>.+?) poisti (?:henkilö[nt] )(?<all>.+)$/u },
  { event: "kick", test: /^(?<by>.+?) poisti (?<name>sinut)$/u },
  // Korean: 님 stands behind each name
  {
    event: "group_create",
    test: /^(?<by>.+?)님이 (?:그룹 ?)?["“'‘](?<to>.{0,250})["”'’].{0,6}(?:만들었습니다|생성했습니다)\.?$/u,
  },
  { event: "group_create", test: /^(?<by>.+?)님이 (?:이 )?그룹을 (?:만들었습니다|생성했습니다)\.?$/u },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?)님이 .{0,40}링크.{0,20}(?:참가|참여|가입|입장)\S{0,10}$/u,
  },
  { event: "leave", test: /^(?<name>.+?)님이 (?:그룹(?:을|에서) )?나갔습니다\.?$/u },
  {
    event: "rename",
    test: /^(?<by>.+?)님이 그룹 (?:이름|제목|주제)을 .{0,260}["“'‘](?<to>[^"“”'‘’]*)["”'’](?:으로|로) \S{2,8}$/u,
  },
  {
    event: "join",
    method: "invite",
    parted: KO,
    test: /^(?<by>.+?)님이 (?<all>.+)님을 (?:추가|초대)했습니다\.?$/u,
  },
  { event: "join", method: "invite", test: /^(?<name>.+?)님이 추가되었습니다\.?$/u },
  {
    event: "kick",
    parted: KO,
    test: /^(?<by>.+?)님이 (?<all>.+)님을 (?:삭제했|제거했|내보냈|강퇴했)습니다\.?$/u,
  },
];
