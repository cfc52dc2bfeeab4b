import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { UserError } from "../kit/errors.ts";

/** Starts listening. Port 0 takes a free one. @throws UserError when the port is taken. */
export function listen(
  app: Express,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server: Server = app.listen(port, host, (error?: Error) => {
      if (error) {
        reject(
          (error as NodeJS.ErrnoException).code === "EADDRINUSE"
            ? new UserError(
                { zh: `端口 ${port} 已被占用`, en: `Port ${port} is taken` },
                { hint: { zh: "用 --port 换一个端口。", en: "Choose another with --port." }, cause: error },
              )
            : error,
        );
        return;
      }
      // A client that sends its request drop by drop must not hold a connection for ever; a large file takes its time.
      server.headersTimeout = 10_000;
      server.requestTimeout = 15 * 60_000;
      const address = server.address() as AddressInfo;
      const name = host.includes(":") ? `[${host}]` : host;
      resolve({ url: `http://${name}:${address.port}/`, close: () => stop(server) });
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
}
