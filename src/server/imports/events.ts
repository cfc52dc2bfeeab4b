import type { Request, Response } from "express";
import type { Job, JobEvent } from "./jobs.ts";

const HEARTBEAT_MS = 15_000;
/** Each holds a connection for as long as the job runs; a page needs one. */
const FOLLOWERS = 20;
const LAST = new Set(["done", "error", "cancelled"]);

/** Server-sent events: all of the job's so far after Last-Event-ID, then each as it comes, until the last one. */
export function streamEvents(job: Job, request: Request, response: Response): void {
  if (job.followers >= FOLLOWERS) {
    response.status(503).set("Retry-After", "10").json({ error: "too many listeners" });
    return;
  }
  const after = Number(request.headers["last-event-id"] ?? 0);
  response.set({
    "Content-Type": "text/event-stream; charset=utf-8",
    // no-transform keeps the compression away, which would hold events back.
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
  let stop: () => void = () => undefined;
  const end = () => {
    clearInterval(heartbeat);
    stop();
    response.end();
  };
  let isOver = false;
  const hear = ({ id, data }: JobEvent) => {
    response.write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
    if (!LAST.has(String(data["type"]))) return;
    isOver = true;
    end();
  };
  stop = job.follow(Number.isFinite(after) ? after : 0, hear);
  if (isOver) stop();
  // A client that already has the last event must not come back for ever.
  else if (job.isOver) end();
  request.on("close", end);
}
