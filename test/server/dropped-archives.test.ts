import { Readable } from "node:stream";
import { unzipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { listImports } from "../../src/state/ledger.ts";
import { Community } from "../support/community.ts";
import { testDesk } from "../support/desk.ts";
import { zip } from "../support/zip.ts";

const community = new Community();
const desk = testDesk(community.workspace, community.state);
afterAll(() => {
  desk.jobs.close();
  community.remove();
});

const dropped = zip(
  new Map<string, Uint8Array>([
    ["订单.csv", Buffer.from("order_id,paid_at,amount\nA1,2026-11-10 12:00:00,5.00\nA2,昨天,6.00\n")],
    ["旧/订单.csv", Buffer.from("order_id,paid_at,amount\nB1,2026-11-09 12:00:00,5.00\nB2,前天,6.00\n")],
    ["说明.pdf", Buffer.from("%PDF-1.7")],
    ["合影.jpg", Buffer.of(255, 216, 255)],
  ]),
);
const drop = async (body: Uint8Array, name: string) => {
  const answer = await desk.recognise(await desk.uploads.take(name, Readable.from([Buffer.from(body)])));
  if (!("archive" in answer)) throw new Error("one file");
  return answer;
};
const uploads = (files: Awaited<ReturnType<typeof drop>>["files"]) =>
  files.flatMap((one) => ("upload" in one ? [{ upload: one.upload }] : []));
const imported = async (files: Awaited<ReturnType<typeof drop>>["files"]) => {
  const job = desk.import(uploads(files));
  await new Promise<void>((ended) => {
    job.follow(0, () => job.isOver && ended());
  });
  return {
    batch: job.spec.batch,
    results: job.events.flatMap(({ data }) => (data["type"] === "result" ? [data["result"]] : [])),
  };
};

test("a zip of several exports is as many files: imported, handed back and undone", async () => {
  const { archive, files, notes } = await drop(dropped, "收件箱.zip");
  expect([archive, notes[0]?.en]).toEqual([
    "收件箱.zip",
    "收件箱.zip: 1 pictures, sounds or attachments of a chat were not read: 合影.jpg",
  ]);
  expect(
    files.map((one) => ("upload" in one ? `${one.name} ${one.importer?.id}` : `${one.name} ${one.error.en}`)),
  ).toEqual([
    "收件箱.zip/旧/订单.csv fupan-orders",
    "收件箱.zip/订单.csv fupan-orders",
    expect.stringMatching(/收件箱\.zip\/说明\.pdf .*neither a table nor text/),
  ]);
  const { batch, results } = await imported(files);
  expect(results).toMatchObject([
    { path: "收件箱.zip/旧/订单.csv", status: "imported", read: 2, accepted: 1, rejected: 1 },
    { path: "收件箱.zip/订单.csv", status: "imported", read: 2, accepted: 1, rejected: 1 },
  ]);
  // The copies are gone with the batch.
  await expect
    .poll(() => uploads(files).map(({ upload }) => desk.uploads.get(upload)), { timeout: 20_000 })
    .toEqual([undefined, undefined]);

  const rejects = await desk.rejects(batch);
  const mended = new Map<string, Uint8Array>();
  for (const [name, body] of Object.entries(unzipSync(rejects?.body ?? Buffer.of())))
    mended.set(
      name,
      Buffer.from(
        Buffer.from(body)
          .toString("utf8")
          .replace(/昨天|前天/, "2026-11-11 12:00:00"),
      ),
    );
  expect([...mended.keys()]).toEqual([
    `收件箱.zip/旧/订单.rejects-${batch.slice(0, 8)}.csv`,
    `收件箱.zip/订单.rejects-${batch.slice(0, 8)}.csv`,
  ]);
  // What comes back as a zip may be dropped as one.
  const back = await drop(zip(mended), rejects?.name ?? "");
  expect(back.files.map((one) => ("upload" in one ? one.importer?.id : one.error.en))).toEqual([
    "fupan-orders",
    "fupan-orders",
  ]);
  await desk.undo(batch);
  expect(await listImports(community.state)).toEqual([]);
}, 240_000);
