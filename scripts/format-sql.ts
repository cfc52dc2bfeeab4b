import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "sql-formatter";
import { globSync } from "tinyglobby";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * One style for every SQL file. The formatter flattens what stands in comments, so the YAML header keeps its place
 * untouched and only the body is formatted.
 */
export function formatSql(source: string): string {
  const [header = ""] = /^\s*\/\*[\s\S]*?\*\/\s*/.exec(source) ?? [];
  const body = format(source.slice(header.length), {
    language: "duckdb",
    keywordCase: "lower",
    functionCase: "lower",
    dataTypeCase: "lower",
    tabWidth: 4,
    paramTypes: { named: ["$"] },
  });
  return `${header.trimEnd()}${header ? "\n" : ""}${body.trimEnd()}\n`;
}

function main(): void {
  const check = process.argv.includes("--check");
  const wrong = globSync("sql/**/*.sql", { cwd: ROOT })
    .sort((a, b) => (a < b ? -1 : 1))
    .filter((file) => {
      const path = `${ROOT}/${file}`;
      const source = readFileSync(path, "utf8");
      const wanted = formatSql(source);
      if (wanted === source) return false;
      if (!check) writeFileSync(path, wanted);
      return true;
    });
  if (wrong.length === 0) return;
  console.error(
    `${check ? "not formatted (npm run fix)" : "formatted"}:\n${wrong.map((file) => `  ${file}`).join("\n")}`,
  );
  if (check) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
