import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What the fake webhook says next. `null` = it never answers. */
export type Answer = { status?: number; body?: string; retryAfter?: number } | null;

/** A webhook on this computer that answers as it is told and keeps what it was sent. */
export class RobotServer {
  readonly calls: { url: string; body: Record<string, unknown> }[] = [];
  readonly #server: Server;
  /** Answers to come; then `otherwise`. */
  readonly #script: Answer[] = [];
  otherwise: Answer = { body: '{"errcode":0,"errmsg":"ok"}' };

  private constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        this.calls.push({
          url: request.url ?? "",
          body: JSON.parse(Buffer.concat(parts).toString("utf8")) as Record<string, unknown>,
        });
        const answer = this.#script.length > 0 ? this.#script.shift() : this.otherwise;
        if (!answer) return;
        if (answer.retryAfter !== undefined) response.setHeader("retry-after", String(answer.retryAfter));
        if (answer.status === 302) response.setHeader("location", "/elsewhere");
        response.writeHead(answer.status ?? 200).end(answer.body ?? "");
      });
    });
  }

  static async listen(): Promise<RobotServer> {
    const made = new RobotServer();
    await new Promise<void>((done) => made.#server.listen(0, "127.0.0.1", done));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook?key=very-secret`;
  }

  say(...answers: Answer[]): void {
    this.calls.length = 0;
    this.#script.splice(0, this.#script.length, ...answers);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
