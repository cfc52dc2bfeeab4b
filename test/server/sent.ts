import { request } from "node:http";

/** A body as a program may send it that no browser would. */
export interface Sent {
  type: string;
  body: Buffer;
  encoding?: string;
  /** In pieces, without a stated length. */
  chunked?: boolean;
}

export function send(port: number, method: string, path: string, { type, body, encoding, chunked }: Sent) {
  return new Promise<{ status: number; said: string }>((done, failed) => {
    const headers = {
      "content-type": type,
      ...(encoding && { "content-encoding": encoding }),
      ...(!chunked && { "content-length": body.length }),
    };
    const sent = request({ port, host: "127.0.0.1", method, path, headers }, (answer) => {
      let said = "";
      answer.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
      answer.on("end", () => done({ status: answer.statusCode ?? 0, said }));
    });
    sent.on("error", failed);
    if (chunked) for (let at = 0; at < body.length; at += 1000) sent.write(body.subarray(at, at + 1000));
    sent.end(chunked ? undefined : body);
  });
}
