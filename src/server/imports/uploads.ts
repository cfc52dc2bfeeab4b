import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface Upload {
  id: string;
  /** The file's own name, without folders. */
  name: string;
  path: string;
  bytes: number;
  /** `archive.zip/folder/name` of a file that was dropped in an archive of several. */
  within?: string;
}

/** Larger than `limit` bytes. */
export class TooLargeError extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`more than ${limit} bytes`);
    this.limit = limit;
  }
}

/** Files on their way into the lake. They hold personal data: what is taken in is removed with the batch, the rest at the next start. */
export class Uploads {
  readonly #folder: string;
  readonly #limit: number;
  readonly #known = new Map<string, Upload>();

  constructor(folder: string, limit: number) {
    this.#folder = folder;
    this.#limit = limit;
    rmSync(folder, { recursive: true, force: true });
  }

  /** @throws TooLargeError after the limit; nothing is kept then, nor when the stream breaks off. */
  async take(name: string, body: Readable): Promise<Upload> {
    const id = randomUUID();
    const folder = join(this.#folder, id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, fileName(name));
    let bytes = 0;
    const limit = this.#limit;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > limit ? new TooLargeError(limit) : null, chunk);
      },
    });
    try {
      await pipeline(body, meter, createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    const upload = { id, name: fileName(name), path, bytes };
    this.#known.set(id, upload);
    return upload;
  }

  /** A file that was unpacked from an upload becomes one of its own. */
  adopt(unpacked: string, within: string): Upload {
    const id = randomUUID();
    const folder = join(this.#folder, id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, basename(unpacked));
    renameSync(unpacked, path);
    const upload = { id, name: within, path, bytes: statSync(path).size, within };
    this.#known.set(id, upload);
    return upload;
  }

  get(id: string): Upload | undefined {
    return this.#known.get(id);
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) {
      if (!this.#known.delete(id)) continue;
      rmSync(join(this.#folder, id), { recursive: true, force: true });
    }
  }
}

/** The last part of a path, in characters that every file system takes. The ending stays: it says what the file is. */
export function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "_").replace(/^\.+/, "");
  const chars = [...plain];
  const short = chars.length > 80 ? [...chars.slice(0, 60), ...chars.slice(-20)].join("") : plain;
  return short === "" ? "file" : short;
}
