import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createFile } from "../durable.ts";
import { type Campaign, readCampaign } from "./campaign.ts";

/** One JSON file each under lists/campaigns: `fupan forget` goes through that folder, so nobody stays in them. */
export class Campaigns {
  readonly #folder: string;

  constructor(lists: string) {
    this.#folder = join(lists, "campaigns");
  }

  /** Newest first. */
  list(): Campaign[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((file) => /^[0-9a-f]{10}\.json$/.test(file))
      .map((file) => readCampaign(join(this.#folder, file)))
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  find(id: string): Campaign | null {
    return this.list().find((one) => one.id === id) ?? null;
  }

  /** How many there are, so that pages know when something changed. */
  count(): number {
    return existsSync(this.#folder) ? readdirSync(this.#folder).length : 0;
  }

  add(made: Omit<Campaign, "id">): Campaign {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const whole = { id: randomBytes(5).toString("hex"), ...made };
    createFile(join(this.#folder, `${whole.id}.json`), `${JSON.stringify(whole, null, 2)}\n`);
    return whole;
  }

  /** Takes back what nobody has seen yet. */
  withdraw(id: string): void {
    rmSync(join(this.#folder, `${id}.json`), { force: true });
  }
}
