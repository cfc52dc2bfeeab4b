import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csv } from "../support/community.ts";
import { Program } from "./program.ts";

/** Invented people; the first is forgotten, the last two share a phone. */
const MEMBERS = ["wxid_canary_01", "m2", "m3", "m4", "m5"];
export const CANARY = { id: "wxid_canary_01", name: "金丝雀甲", phone: "19900000042" };

const at = (day: number, hour: number) => new Date(Date.UTC(2025, 8, day, hour)).toISOString();

function messages(from: number, days: number): string {
  return csv(
    Array.from({ length: days * 4 }, (_, n) => ({
      group_id: "g1",
      sender_id: MEMBERS[n % MEMBERS.length],
      sender_name: n % MEMBERS.length === 0 ? CANARY.name : "",
      sent_at: at(from + Math.floor(n / 4), 2 + (n % 4)),
      text: n % 9 === 0 ? "质量太差了，我要退货" : `第 ${n} 条`,
    })),
  );
}

const members = csv(
  MEMBERS.map((member_id, n) => ({
    group_id: "g1",
    member_id,
    name: n === 0 ? CANARY.name : `群友${n}`,
    phone: n === 0 ? CANARY.phone : n > 2 ? "19900000077" : "",
    joined_at: at(1, 0),
  })),
);

export interface Started {
  child: ChildProcess;
  /** So far. */
  said: { out: string; log: string };
  ended: Promise<{ code: number | null; out: string; log: string }>;
}

/** A workspace with a published week, made by the real command; commands run in it, and in copies of it. */
export class Scene {
  readonly folder = mkdtempSync(join(tmpdir(), "fupan-torture-"));
  readonly root = join(this.folder, "ws");
  readonly program = new Program();
  readonly #started: ChildProcess[] = [];

  constructor() {
    this.must("init", this.root);
    this.put("messages-1.csv", messages(1, 14));
    this.put("members.csv", members);
    this.must("run", "--workspace", this.root);
  }

  /** The next week's export. */
  addWeek(): void {
    this.put("messages-2.csv", messages(12, 12));
  }

  put(name: string, content: string, root = this.root): void {
    mkdirSync(join(root, "inbox"), { recursive: true });
    writeFileSync(join(root, "inbox", name), content);
  }

  /** @throws with what it said, where it failed. */
  must(...args: string[]): string {
    const { status, stdout, stderr } = this.run(...args);
    if (status !== 0) throw new Error(`fupan ${args.join(" ")}: exit ${status}\n${stdout}${stderr}`);
    return stdout;
  }

  run(...args: string[]) {
    const [node = "", ...rest] = this.program.command;
    return spawnSync(node, [...rest, ...args], {
      encoding: "utf8",
      env: { ...process.env, CHROMIUM: "/no/chromium" },
    });
  }

  /** Without waiting for its end. */
  start(...args: string[]): Started {
    const [node = "", ...rest] = this.program.command;
    const child = spawn(node, [...rest, ...args], { env: { ...process.env, CHROMIUM: "/no/chromium" } });
    this.#started.push(child);
    const said = { out: "", log: "" };
    child.stdout.on("data", (text: Buffer) => {
      said.out += text.toString();
    });
    child.stderr.on("data", (text: Buffer) => {
      said.log += text.toString();
    });
    const ended = once(child, "exit").then(([code]) => ({ code: code as number | null, ...said }));
    return { child, said, ended };
  }

  /** The files as they are at this moment, under another name. */
  copy(name: string): string {
    const to = join(this.folder, name);
    rmSync(to, { recursive: true, force: true });
    cpSync(this.root, to, { recursive: true, preserveTimestamps: true });
    return to;
  }

  remove(): void {
    for (const child of this.#started.filter(({ exitCode }) => exitCode === null)) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
    this.program.remove();
  }
}
