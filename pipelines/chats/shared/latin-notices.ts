import type { NoticeRule } from "./notice-rules.ts";

/* WhatsApp in Dutch, Indonesian and Vietnamese: who, what, whom. */

const NL = /, (?:en )?| en /u;
const ID = /, (?:dan )?| dan /u;
const VI = /, (?:và )?| và /u;

export const LATIN: readonly NoticeRule[] = [
  // Dutch
  {
    event: "group_create",
    test: /^(?<by>.+?) (?:heeft|hebt) (?:de|deze) groep(?: ["“'‘](?<to>.*)["”'’])? (?:aangemaakt|gemaakt)$/u,
  },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:is|neemt|heeft) .{0,40}uitnodigingslink.{0,40}$/u,
  },
  { event: "leave", test: /^(?<name>.+?) (?:heeft|hebt) de groep verlaten$/u },
  {
    event: "rename",
    test: /^(?<by>.+?) (?:heeft|hebt) (?:het onderwerp|de groepsnaam)(?: gewijzigd)?(?: van ["“'‘].{0,250}["”'’])? (?:in|naar) ["“'‘](?<to>.{0,250})["”'’](?: gewijzigd)?$/u,
  },
  {
    event: "join",
    method: "invite",
    parted: NL,
    test: /^(?<by>.+?) (?:heeft|hebt) (?!dit |de |deze |het )(?<all>.+?) toegevoegd(?: aan de groep)?$/u,
  },
  { event: "join", method: "invite", test: /^(?<name>.+?) (?:is|bent) toegevoegd(?: aan de groep)?$/u },
  {
    event: "kick",
    parted: NL,
    test: /^(?<by>.+?) (?:heeft|hebt) (?!dit |de |deze |het )(?<all>.+?) verwijderd(?: uit de groep)?$/u,
  },
  { event: "kick", test: /^(?<name>.+?) (?:is|bent) verwijderd(?: uit de groep)?$/u },
  // Indonesian
  { event: "group_create", test: /^(?<by>.+?) (?:telah )?membuat grup(?: ini| ["“](?<to>.*)["”])?$/u },
  {
    event: "join",
    method: "link",
    test: /^(?<name>.+?) (?:telah )?bergabung (?:menggunakan|melalui) tautan.{0,40}$/u,
  },
  { event: "leave", test: /^(?<name>(?:(?! telah keluar$).)+?)(?: telah)? keluar$/u },
  {
    event: "rename",
    test: /^(?<by>.+?) (?:telah )?mengubah (?:subjek|nama grup) (?:dari ["“].{0,250}["”] )?(?:menjadi|ke) ["“](?<to>.{0,250})["”]$/u,
  },
  {
    event: "join",
    method: "invite",
    parted: ID,
    test: /^(?<by>.+?) (?:telah )?menambahkan (?!grup ini)(?<all>.+)$/u,
  },
  { event: "join", method: "invite", test: /^(?<name>.+?) (?:telah )?ditambahkan$/u },
  { event: "kick", parted: ID, test: /^(?<by>.+?) (?:telah )?mengeluarkan (?!grup ini)(?<all>.+)$/u },
  { event: "kick", test: /^(?<name>.+?) (?:telah )?dikeluarkan$/u },
  // Vietnamese
  { event: "group_create", test: /^(?<by>.+?) đã tạo nhóm(?: ["“](?<to>.*)["”])?$/u },
  { event: "join", method: "link", test: /^(?<name>.+?) đã tham gia .{0,40}liên kết.{0,40}$/u },
  { event: "leave", test: /^(?<name>.+?) đã rời(?: nhóm| khỏi nhóm)?$/u },
  { event: "rename", test: /^(?<by>.+?) đã đổi tên nhóm .{0,250}thành ["“](?<to>[^"“”]*)["”]$/u },
  { event: "join", method: "invite", parted: VI, test: /^(?<by>.+?) đã thêm (?!nhóm )(?<all>.+)$/u },
  { event: "kick", parted: VI, test: /^(?<by>.+?) đã (?:bỏ|xóa) (?!nhóm |tin |ảnh |mô tả )(?<all>.+)$/u },
];
