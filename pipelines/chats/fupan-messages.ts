import { columns } from "../../src/kit/columns.ts";
import { OWN_MESSAGE_TYPE } from "../../src/kit/message-words.ts";

// Our own table for everyone whose chat program is not listed (README: "Fupan's own tables").
export default columns({
  id: "fupan-messages",
  title: { zh: "复盘消息表", en: "Fupan messages table" },
  kind: "chat",
  columns: {
    group_id: "group_id",
    sender_id: "sender_id",
    sent_at: "sent_at",
    text: "text",
    group_name: "group_name",
    message_id: "message_id",
    sender_name: "sender_name",
    type: "kind",
    reply_to: "reply_to",
    mentions: "mentions",
  },
  derive: { type: OWN_MESSAGE_TYPE },
  keepExtra: true,
});
