import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * What a browser keeps of a sign-in: by it the same name has tries of its own there, however many strangers use up the
 * others. It opens nothing and says nothing; only this workspace can have made it.
 */
export const DEVICE = "fupan_device";
export const DEVICE_SECONDS = 180 * 86_400;
const FORM = new RegExp(`(?:^|;\\s*)${DEVICE}=([\\w-]{22})\\.([\\w-]{43})(?:;|$)`);

export function deviceFor(secret: string, name: string): string {
  const id = randomBytes(16).toString("base64url");
  return `${id}.${sealOf(secret, name, id).toString("base64url")}`;
}

/** @returns the id of the browser where that name signed in; null for another name's, a forged one or none. */
export function deviceOf(secret: string, name: string, cookies: string | undefined): string | null {
  const [, id = "", seal = ""] = FORM.exec(cookies ?? "") ?? [];
  if (id === "") return null;
  const [given, right] = [Buffer.from(seal, "base64url"), sealOf(secret, name, id)];
  return given.length === right.length && timingSafeEqual(given, right) ? id : null;
}

function sealOf(secret: string, name: string, id: string): Buffer {
  return createHmac("sha256", secret)
    .update(JSON.stringify(["device", id, name]))
    .digest();
}
