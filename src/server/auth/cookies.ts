import type { Request, Response } from "express";

const COOKIE = "fupan_session";

export function tokenOf(request: Request): string | null {
  return (
    new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? "")?.[1] ?? null
  );
}

export function setCookie(
  request: Request,
  response: Response,
  value: string,
  seconds: number,
  { name, path } = { name: COOKIE, path: "/" },
): void {
  response.append(
    "Set-Cookie",
    `${name}=${value}; HttpOnly; SameSite=Strict; Path=${path}; Max-Age=${seconds}${request.secure ? "; Secure" : ""}`,
  );
}
