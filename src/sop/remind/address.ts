import { readFileSync } from "node:fs";
import type { Config } from "../../config.ts";
import { UserError } from "../../kit/errors.ts";
import type { RobotAddress } from "../../kit/robot.ts";

type Setting = Config["reminders"][number];

/**
 * A robot's address and secret, from the environment or from files of their own: fupan.yaml is shared, backed up and
 * shown. @throws UserError naming the variable or the file, never what is in it.
 */
export function addressOf(
  { urlEnv, urlFile, secretEnv, secretFile }: Setting,
  fileAt: (path: string) => string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): RobotAddress {
  const read = (name: string | undefined, file: string | undefined): string | undefined => {
    if (name !== undefined) {
      const value = environment[name]?.trim();
      if (value) return value;
      throw new UserError({ zh: `环境变量 ${name} 是空的`, en: `The variable ${name} is not set` });
    }
    if (file === undefined) return undefined;
    try {
      const value = readFileSync(fileAt(file), "utf8").trim();
      if (value !== "") return value;
    } catch {
      // Said below: the same for a file that is missing and for one that is empty.
    }
    throw new UserError({ zh: `${file} 读不到或是空的`, en: `${file} is missing or empty` });
  };
  const url = read(urlEnv, urlFile) ?? "";
  const from = urlEnv ?? urlFile ?? "";
  if (!isSafe(url)) {
    throw new UserError(
      { zh: `${from} 里不是 https 地址`, en: `${from} holds no https address` },
      {
        hint: {
          zh: "从群机器人的设置页复制完整地址。",
          en: "Copy the whole address from the robot's settings.",
        },
      },
    );
  }
  return { url, secret: read(secretEnv, secretFile) };
}

/** Encrypted, or on this computer. */
function isSafe(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text);
    return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost"].includes(hostname));
  } catch {
    return false;
  }
}
