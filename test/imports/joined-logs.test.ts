import { afterAll, expect, it } from "vitest";
import { Community } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

const log = (day: number) =>
  `2026-11-${day} 09:00 - 小满: 早\n2026-11-${day} 09:01 - 阿青: 早呀\n第二行\n2026-11-${day} 09:02 - 小满: 开团`;

it.each(["\n", "\r\n"])(
  "logs put one behind the other, each with its mark, lose no line: ended by %j",
  async (end) => {
    const both = `\uFEFF${log(13)}\n\uFEFF${log(14)}\n`.replaceAll("\n", end);
    const result = await community.import("茶友群.txt", both, { group: `g${end.length}` });
    expect(result).toMatchObject({ importer: "whatsapp-txt", read: 6, accepted: 6, rejected: 0 });
    const texts = await community.lake((lake) =>
      lake.all("select text from lake.messages where group_id = $group order by sent_at", {
        group: `g${end.length}`,
      }),
    );
    expect(texts.map(({ text }) => text)).toEqual([
      "早",
      "早呀\n第二行",
      "开团",
      "早",
      "早呀\n第二行",
      "开团",
    ]);
  },
);

it("a table that lost its beginning is no log of the lines that it quotes", async () => {
  const rest =
    '群,55501@chatroom,"> 小满(wxid_xm01) 11-16 09:00:00\n> 早\n好"\n2026-11-16 09:00:04,阿茶,wxid_ac02,群,55501@chatroom,在\n';
  await expect(community.import("chatlog.csv", rest)).rejects.toThrow();
});
