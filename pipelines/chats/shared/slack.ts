import { at, list, text } from "./json.ts";

/** Who and what the ids of an export are. */
export class Directory {
  readonly #users = new Map<string, unknown>();
  /** Folder name → channel. Folders of direct messages have the id itself for a name. */
  readonly #channels = new Map<string, { id: string | null; name: string | null }>();

  /** @param files `{entry, value}` of users.json, channels.json, groups.json, dms.json and mpims.json. */
  constructor(files: readonly unknown[]) {
    for (const file of files) {
      const name = String(at(file, "entry")).split("/").at(-1);
      for (const one of list(at(file, "value"))) {
        const id = text(at(one, "id"));
        if (id === null) continue;
        if (name?.endsWith("users.json")) this.#users.set(id, one);
        else if (name === "dms.json" || name === "mpims.json")
          this.#channels.set(name === "dms.json" ? id : (text(at(one, "name")) ?? id), {
            id: null,
            name: null,
          });
        else {
          const title = text(at(one, "name")) ?? id;
          this.#channels.set(title, { id: `slack:${id}`, name: title });
        }
      }
    }
  }

  /** What is said beside a canvas has a folder of its own: "FC:F05ABC:Title". */
  channel(folder: string): { id: string | null; name: string | null } {
    if (/^FC[:_]F[A-Z0-9]+/u.test(folder)) return { id: null, name: null };
    return this.#channels.get(folder) ?? { id: `slack:${folder}`, name: folder };
  }

  name(user: string | null): string | null {
    if (user === null) return null;
    const one = this.#users.get(user);
    return text(at(one, "profile", "display_name")) ?? text(at(one, "real_name")) ?? text(at(one, "name"));
  }

  /** @param bot the app a message was written through: a known person's may be one too. */
  role(user: string | null, bot: string | null): "bot" | "staff" | null {
    const one = user === null ? undefined : this.#users.get(user);
    if (user === "USLACKBOT" || at(one, "is_bot") === true || (bot !== null && one === undefined))
      return "bot";
    return at(one, "is_owner") === true || at(one, "is_admin") === true ? "staff" : null;
  }

  channelName(id: string): string | null {
    return [...this.#channels.values()].find((one) => one.id === `slack:${id}`)?.name ?? null;
  }
}

const FILES: readonly (readonly [RegExp, string])[] = [
  [/^image\//, "image"],
  [/^video\//, "video"],
  [/^audio\//, "voice"],
];

/** A text is a text, whatever hangs on it; without one the first file tells. */
export function kindOf(value: unknown, raw: string): string {
  const [file] = list(at(value, "files"));
  if (raw !== "" || file === undefined) return "text";
  const type = text(at(file, "mimetype")) ?? "";
  return FILES.find(([test]) => test.test(type))?.[1] ?? "file";
}

/** What stands in blocks, in the marks that a text has. */
export function blocksOf(value: unknown): string {
  return list(at(value, "blocks"))
    .map((block) => inBlock(block, 0))
    .filter((one) => one !== "")
    .join("\n");
}

function inBlock(part: unknown, depth: number): string {
  const said = at(part, "text");
  const own =
    typeof said === "string" ? said : said === undefined || depth > 8 ? "" : inBlock(said, depth + 1);
  const user = text(at(part, "user_id"));
  const url = text(at(part, "url"));
  if (user !== null) return `<@${user}>`;
  if (at(part, "type") === "broadcast") return `<!${text(at(part, "range")) ?? "channel"}>`;
  if (at(part, "type") === "link" && url !== null) return own === "" ? `<${url}>` : `<${url}|${own}>`;
  if (depth > 8) return own;
  const inner = [...list(at(part, "elements")), ...list(at(part, "fields"))];
  return own + inner.map((one) => inBlock(one, depth + 1)).join("");
}

/** The text as it was shown; for bots without one the texts of their attachments; names of files, never addresses. */
export function plain(value: unknown, raw: string, directory: Directory): string {
  const attachments = list(at(value, "attachments")).flatMap(
    (one) => text(at(one, "text")) ?? text(at(one, "fallback")) ?? [],
  );
  const files = list(at(value, "files")).flatMap((one) => text(at(one, "name")) ?? []);
  const parts = raw === "" ? [...attachments, ...files] : [raw];
  return parts
    .join("\n")
    .replace(
      /<@([A-Z0-9]+)(?:\|([^<>]*))?>/gu,
      (_all, id: string, label?: string) => `@${directory.name(id) ?? label ?? ""}`,
    )
    .replace(
      /<#([A-Z0-9]+)(?:\|([^<>]*))?>/gu,
      (_all, id: string, label?: string) => `#${label || (directory.channelName(id) ?? "")}`,
    )
    .replace(/<!date\^[^<>|]*\|([^<>]*)>/gu, "$1")
    .replace(/<!(channel|here|everyone)(?:\|[^<>]*)?>/gu, "@$1")
    .replace(/<!subteam\^[A-Z0-9]+\|([^<>]*)>/gu, "$1")
    .replace(/<([a-z]+:[^<>|]*)\|([^<>]*)>/gu, "$2 $1")
    .replace(/<([a-z]+:[^<>|]*)>/gu, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
