import type { Request, Response } from "express";
import express from "express";
import { z } from "zod";
import { DATE_ORDERS } from "../../kit/importer.ts";
import type { Api } from "../api/registry.ts";
import { type ImportDesk, MAX_FILES } from "./desk.ts";
import { streamEvents } from "./events.ts";
import { MAPPABLE } from "./guess.ts";
import { TooLargeError } from "./uploads.ts";

const id = z.uuid();
const short = z.string().min(1).max(MAX_FILES);
const mapping = z.strictObject({
  kind: z.enum(MAPPABLE),
  columns: z.record(z.string().regex(/^[a-z_]{1,40}$/), short),
});
const choice = z.strictObject({
  as: short.optional(),
  group: short.optional(),
  dateOrder: z.enum(DATE_ORDERS).optional(),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  mapping: mapping.optional(),
  remember: z.boolean().optional(),
});
const chosen = choice.extend({ upload: id });
const batchParams = z.strictObject({ batch: id });
const anything = z.looseObject({});
const json = express.json({ limit: "64kb" });

/** Uploads, checks, imports and their undoing. Another site's page is stopped before all of them. */
export function importApi(api: Api, desk: ImportDesk): void {
  api.add({
    path: "/api/v1/imports",
    method: "put",
    summary:
      "Takes a file as the raw body and says what it is, by the code of `fupan identify`; of an archive of several exports what each is.",
    query: z.strictObject({ name: z.string().min(1).max(500) }),
    answers: anything,
    handle: async ({ query }, request, response) => {
      // A file that is packed itself (.gz, .zip) is one by its bytes; what was packed on the way would be taken for another.
      if (![undefined, "identity"].includes(request.headers["content-encoding"]))
        return void response
          .status(415)
          .json({ error: { zh: "上传时请不要压缩", en: "do not compress the upload" } });
      try {
        const upload = await desk.uploads.take(query.name, request);
        if (upload.bytes === 0) {
          desk.uploads.drop([upload.id]);
          return void response.status(422).json({ error: { zh: "是空文件", en: "is empty" } });
        }
        return void response.status(201).json(await desk.recognise(upload));
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        const gib = (error.limit / 2 ** 30).toFixed(1);
        return void response
          .status(413)
          .json({ error: { zh: `超过 ${gib} GiB，请用命令行导入`, en: `is larger than ${gib} GiB` } });
      }
    },
  });
  api.add(
    {
      path: "/api/v1/imports/uploads/{upload}/check",
      method: "post",
      summary: "Reads every row of an upload without keeping any: counts and problems by line.",
      params: z.strictObject({ upload: id }),
      body: choice,
      answers: anything,
      handle: async ({ params, body }, _request, response) =>
        void response.json(await desk.check({ ...body, upload: params.upload })),
    },
    json,
  );
  api.add({
    path: "/api/v1/imports/running",
    summary: "Batches that are being imported now, for a page that was opened meanwhile.",
    answers: z.object({ running: z.array(z.object({ batch: z.string(), files: z.number() })) }),
    handle: async (_given, _request, response) => {
      const running = desk.jobs
        .running()
        .map(({ spec }) => ({ batch: spec.batch, files: spec.files.length }));
      response.set("Cache-Control", "private, no-store").json({ running });
    },
  });
  api.add(
    {
      path: "/api/v1/imports",
      method: "post",
      summary: "Imports uploads as one batch; progress comes from its events.",
      body: z.strictObject({ files: z.array(chosen).min(1).max(200) }),
      answers: z.object({ batch: z.string() }),
      handle: async ({ body }, _request, response) =>
        void response.status(202).json({ batch: desk.import(body.files).spec.batch }),
    },
    json,
  );
  const withJob =
    (use: (batch: string, request: Request, response: Response) => void | Promise<void>) =>
    async ({ params }: { params: { batch: string } }, request: Request, response: Response) => {
      if (!desk.jobs.get(params.batch)) return void response.status(404).json({ error: "no such batch" });
      await use(params.batch, request, response);
    };
  api.add({
    path: "/api/v1/imports/{batch}/events",
    summary: "Server-sent events of a batch; goes on after Last-Event-ID.",
    params: batchParams,
    answers: anything,
    handle: withJob((batch, request, response) => {
      const job = desk.jobs.get(batch);
      if (job) streamEvents(job, request, response);
    }),
  });
  api.add({
    path: "/api/v1/imports/{batch}/cancel",
    method: "post",
    summary: "Stops a batch; files of it that were already taken in are taken out again.",
    params: batchParams,
    answers: anything,
    handle: withJob(async (batch, _request, response) => {
      response.json({ undone: await desk.cancel(batch) });
    }),
  });
  api.add({
    path: "/api/v1/imports/{batch}/undo",
    method: "post",
    summary: "Takes a batch out again and computes everything anew.",
    params: batchParams,
    answers: anything,
    handle: async ({ params }, _request, response) => {
      const events = await desk.undo(params.batch);
      const failed = events.find(({ type }) => type === "error");
      const undone = events.find(({ type }) => type === "undone");
      response.status(failed ? 409 : 200).json(failed ?? undone ?? {});
    },
  });
  api.add({
    path: "/api/v1/imports/{batch}/rejects",
    summary: "Records that were not used, in their file's own format; those of several files as a zip.",
    params: batchParams,
    answers: anything,
    handle: async ({ params }, _request, response) => {
      const file = await desk.rejects(params.batch);
      if (file === null) return void response.status(404).json({ error: "no rejected rows" });
      // Never shown in the browser, whatever its text may look like.
      return void response.attachment(file.name).type("application/octet-stream").send(file.body);
    },
  });
}
