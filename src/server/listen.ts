import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { UserError } from "../kit/errors.ts";

/** How long a client may take, in milliseconds. */
export interface Patience {
  /** For its headers, and for the body of anything but a file. */
  headers: number;
  /** Between two pieces of a file. */
  silence: number;
  /** For a whole file. */
  request: number;
}

const PATIENCE: Patience = { headers: 10_000, silence: 60_000, request: 15 * 60_000 };
/** More at once are turned away: each holds memory and a file handle. */
const CONNECTIONS = 500;

/** Starts listening. Port 0 takes a free one. @throws UserError when the port is taken. */
export function listen(
  app: Express,
  { host, port, patience = PATIENCE }: { host: string; port: number; patience?: Patience },
): Promise<{ url: string; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    // A client that sends its request drop by drop must not hold a connection for ever; a large file takes its time.
    const server: Server = createServer(
      {
        headersTimeout: patience.headers,
        requestTimeout: patience.request,
        connectionsCheckingInterval: Math.min(2000, patience.headers),
      },
      (request, response) => {
        limitBody(request, patience);
        app(request, response);
      },
    );
    server.maxConnections = CONNECTIONS;
    // Five seconds, the default, close connections under clients that are about to use them when the machine is busy.
    server.keepAliveTimeout = 30_000;
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new UserError(
              { zh: `端口 ${port} 已被占用`, en: `Port ${port} is taken` },
              { hint: { zh: "用 --port 换一个端口。", en: "Choose another with --port." }, cause: error },
            )
          : error,
      ),
    );
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      const name = host.includes(":") ? `[${host}]` : host;
      resolve({ url: `http://${name}:${address.port}/`, close: () => stop(server) });
    });
  });
}

/** A form or a JSON body is small and comes at once; a file may take its time, but not fall silent. */
function limitBody(request: IncomingMessage, { headers, silence }: Patience): void {
  const hasBody =
    Number(request.headers["content-length"] ?? 0) > 0 || "transfer-encoding" in request.headers;
  if (!hasBody) return;
  if (request.method === "PUT") {
    const { socket } = request;
    socket.setTimeout(silence, () => {
      if (!request.complete) request.destroy();
    });
    request.once("close", () => socket.setTimeout(0));
    return;
  }
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, headers);
  request.once("close", () => clearTimeout(timer));
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
}
