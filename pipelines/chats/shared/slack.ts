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

  channel(folder: string): { id: string | null; name: string | null } {
    return this.#channels.get(folder) ?? { id: `slack:${folder}`, name: folder };
  }

  name(user: string | null): string | null {
    if (user === null) return null;
    const one = this.#users.get(user);
    return text(at(one, "profile", "display_name")) ?? text(at(one, "real_name")) ?? text(at(one, "name"));
  }

  isBot(user: string | null): boolean {
    return user !== null && (user === "USLACKBOT" || at(this.#users.get(user), "is_bot") === true);
  }

  isStaff(user: string | null): boolean {
    const one = user === null ? undefined : this.#users.get(user);
    return at(one, "is_owner") === true || at(one, "is_admin") === true;
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
    .replace(/<#[A-Z0-9]+\|([^<>]*)>/gu, "#$1")
    .replace(/<!(channel|here|everyone)(?:\|[^<>]*)?>/gu, "@$1")
    .replace(/<!subteam\^[A-Z0-9]+\|([^<>]*)>/gu, "$1")
    .replace(/<([a-z]+:[^<>|]*)\|([^<>]*)>/gu, "$2 $1")
    .replace(/<([a-z]+:[^<>|]*)>/gu, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
