import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { openCollection } from "../../ingest/collection.ts";
import { UserError } from "../../kit/errors.ts";
import type { DateOrder, Importer } from "../../kit/importer.ts";
import type { Text } from "../../kit/say.ts";
import { visible } from "../../kit/visible.ts";
import { type Job, type JobFile, Jobs } from "./jobs.ts";
import { type Recognised, type RecognisedArchive, recognise } from "./recognise.ts";
import type { RejectFile } from "./rejects.ts";
import { type Upload, Uploads } from "./uploads.ts";

export interface DeskOptions {
  /** The workspace's root and its scratch folder. */
  root: string;
  scratch: string;
  /** Importers of this moment: a map that was drawn a minute ago is one. */
  importers: () => Promise<readonly Importer[]>;
  /** How this program is started: node, its flags, the script. */
  command: readonly string[];
  /** Largest file in bytes. */
  limit?: number;
  rejects: (batch: string) => Promise<RejectFile | null>;
}

/** A column map as the page draws it: kind, and for each canonical column the header name in the file. */
export interface Drawn {
  kind: string;
  columns: Record<string, string>;
}

export interface Chosen {
  upload: string;
  as?: string | undefined;
  group?: string | undefined;
  dateOrder?: DateOrder | undefined;
  date?: string | undefined;
  mapping?: Drawn | undefined;
  remember?: boolean | undefined;
}

const GIB = 2 ** 30;
/** As many as one batch takes. */
export const MAX_FILES = 200;

/** Everything behind the imports page: uploads, recognition, jobs and their undoing. */
export class ImportDesk {
  readonly uploads: Uploads;
  readonly jobs: Jobs;
  readonly rejects: DeskOptions["rejects"];
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.rejects = options.rejects;
    this.uploads = new Uploads(join(options.scratch, "uploads"), options.limit ?? GIB);
    this.jobs = new Jobs(options.command, options.root, options.scratch);
  }

  /** What an upload is; of an archive of several exports what each of them is, under an upload of its own. */
  async recognise(upload: Upload): Promise<Recognised | RecognisedArchive> {
    const { importers, scratch } = this.#options;
    const known = await importers();
    const collection = await openCollection(upload.path, scratch, known);
    if (!collection) return recognise(upload, known, scratch);
    try {
      const files: RecognisedArchive["files"] = [];
      if (collection.files.length > MAX_FILES) throw tooMany(upload.name);
      for (const { name, made } of collection.files) {
        if ("error" in made) files.push({ name, error: told(made.error) });
        else files.push(await this.#inner(this.uploads.adopt(made.path, name), known));
      }
      return { archive: upload.name, files, notes: collection.notes };
    } finally {
      collection.dispose();
      this.uploads.drop([upload.id]);
    }
  }

  async #inner(upload: Upload, known: readonly Importer[]): Promise<RecognisedArchive["files"][number]> {
    try {
      return await recognise(upload, known, this.#options.scratch);
    } catch (error) {
      this.uploads.drop([upload.id]);
      if (!(error instanceof UserError)) throw error;
      return { name: upload.name, error: told(error) };
    }
  }

  /** Formats as people call them, by id. */
  async formats(): Promise<Map<string, Text>> {
    return new Map((await this.#options.importers()).map(({ id, title }) => [id, title]));
  }

  /** Reads every row without keeping any. */
  async check(chosen: Chosen): Promise<Record<string, unknown>> {
    const events = await this.jobs.finish({
      task: "check",
      batch: randomUUID(),
      files: [this.#file(chosen)],
    });
    const said = events.find(({ type }) => type === "result" || type === "error");
    if (!said) throw new Error("the check ended without a result");
    return said["type"] === "result" ? (said["result"] as Record<string, unknown>) : { error: said };
  }

  import(files: readonly Chosen[]): Job {
    const { job, ended } = this.jobs.start({
      task: "import",
      batch: randomUUID(),
      files: files.map((chosen) => this.#file(chosen)),
    });
    void ended.then(() => {
      // What was cancelled or broke off is begun again with the same uploads.
      if (job.events.some(({ data }) => data["type"] === "done"))
        this.uploads.drop(files.map(({ upload }) => upload));
    });
    return job;
  }

  /** Stops a batch and takes out what it had taken in; only then it is said to be cancelled. */
  async cancel(batch: string): Promise<Record<string, unknown>[]> {
    const job = this.jobs.get(batch);
    await job?.stop();
    const undone = await this.undo(batch);
    job?.say({ type: "cancelled" });
    return undone;
  }

  undo(batch: string): Promise<Record<string, unknown>[]> {
    return this.jobs.finish({ task: "undo", batch, files: [] });
  }

  /** Computes everything anew, with what was decided since. */
  recount(): Promise<Record<string, unknown>[]> {
    return this.jobs.finish({ task: "build", batch: randomUUID(), files: [] });
  }

  #file({ upload, as, group, dateOrder, date, mapping, remember }: Chosen): JobFile {
    const known = this.uploads.get(upload);
    if (!known)
      throw new UserError(
        { zh: "这个文件已经不在了，请重新选择", en: "This file is no longer here; choose it again" },
        {
          hint: {
            zh: "导入完成后上传的副本会删除。",
            en: "Uploaded copies are removed when an import has ended.",
          },
        },
      );
    return {
      path: known.path,
      within: known.within,
      as,
      group,
      dateOrder,
      date,
      ...(mapping ? { mapping: specOf(mapping, known.name), remember } : {}),
    };
  }
}

/** With its way out. */
const told = (error: UserError): Text => ({ zh: error.in("zh"), en: error.in("en") });

function tooMany(name: string): UserError {
  return new UserError(
    {
      zh: `${visible(name)} 里超过 ${MAX_FILES} 个文件`,
      en: `${visible(name)} holds more than ${MAX_FILES} files`,
    },
    {
      hint: {
        zh: "请把它放进工作区的 inbox 文件夹，用命令行 fupan run 导入。",
        en: "Put it into the workspace's inbox and import it with fupan run.",
      },
    },
  );
}

/** The same columns always make the same importer, so that a file read twice is known the second time. */
function specOf({ kind, columns }: Drawn, name: string): object {
  const sorted = Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256")
    .update(JSON.stringify([kind, sorted]))
    .digest("hex")
    .slice(0, 10);
  return {
    id: `drawn-${hash}`,
    title: name.replace(/\.[^.]+$/, ""),
    kind,
    columns,
    required: Object.keys(columns),
  };
}
