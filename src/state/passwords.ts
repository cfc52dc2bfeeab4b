import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** 32 MiB and about 100 ms a try: a stolen state file is slow to guess, a sign-in is not. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const BYTES = 32;

/** `scrypt$N$r$p$salt$hash`, so that a later version can raise the cost and still read the old ones. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), hash.toString("base64")].join("$");
}

/** Takes the same time for a wrong password and for a name nobody has (`stored` null). */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt = "", hash = ""] = (stored ?? NOBODY).split("$");
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const expected = Buffer.from(hash, "base64");
  const found = await derive(password, Buffer.from(salt, "base64"), cost);
  return found.length === expected.length && timingSafeEqual(found, expected) && stored !== null;
}

const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${"A".repeat(22)}==$${Buffer.alloc(BYTES).toString("base64")}`;

// One after the other: a burst of sign-ins must not take libuv's threads from the queries.
let queue: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const next = queue.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize("NFKC"), salt, BYTES, cost, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
  queue = next.catch(() => undefined);
  return next;
}
