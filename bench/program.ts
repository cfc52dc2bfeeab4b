import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "../test/torture/program.ts";

/** Loaded before the program: its last act is to tell its peak memory (KB). */
const TELL = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from "node:fs";
   process.on("exit", () => writeFileSync(process.env.FUPAN_PEAK, String(process.resourceUsage().maxRSS)));`,
)}`;

/** What a user's command takes, from its start to its end. Peak memory in GB. */
export interface Taken {
  seconds: number;
  peak: number;
}

/** `fupan import` of files into an empty workspace, as it is published: no loader of sources, nothing else in the process. */
export async function importsAlone(...imports: readonly (readonly string[])[]): Promise<Taken[]> {
  const program = new Program();
  try {
    const taken: Taken[] = [];
    for (const files of imports) taken.push(await importAlone(program, files));
    return taken;
  } finally {
    program.remove();
  }
}

async function importAlone({ root, command }: Program, files: readonly string[]): Promise<Taken> {
  const workspace = mkdtempSync(join(root, "workspace-"));
  writeFileSync(join(workspace, "fupan.yaml"), "");
  const peak = join(workspace, "peak");
  const [node = "", ...rest] = command;
  const start = performance.now();
  const child = spawn(node, ["--import", TELL, ...rest, "import", ...files], {
    cwd: workspace,
    env: { ...process.env, INIT_CWD: undefined, FUPAN_PEAK: peak },
    stdio: "ignore",
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`import ended with ${code}`);
  const taken = { seconds, peak: Number(readFileSync(peak, "utf8")) / 1e6 };
  rmSync(workspace, { recursive: true });
  return taken;
}
