import { isIPv6 } from "node:net";

const WINDOW_MS = 15 * 60_000;
const LIMIT = 5;
/** Of one name, by all whom nobody knows together: four addresses' worth. */
const LIMIT_OF_STRANGERS = 20;
const KEPT = 10_000;

/** Who tries to sign in as whom. */
export interface Try {
  name: string;
  address: string;
  /** The browser or session by which that name signed in before; null for none. */
  mark: string | null;
}

/**
 * Sign-ins that did not succeed within a quarter of an hour: five at an address, then nobody gets in from there, and twenty
 * at a name. Whoever signed in as that name from there before has five of their own that no stranger can use up. A try
 * counts from its beginning: two hundred at once would all have passed before the first had failed.
 */
export class Attempts {
  readonly #made = new Map<string, number[]>();
  /** Where each name signed in, newest last. */
  readonly #known = new Map<string, true>();

  /** Counts a try. @returns whether it may be made at all. */
  begin(one: Try, now: number): boolean {
    const { own, isKnown, address, name } = this.#keysOf(one);
    const full = (key: string, limit: number) => this.#recent(key, now).length >= limit;
    if (isKnown ? full(own, LIMIT) : full(address, LIMIT) || full(name, LIMIT_OF_STRANGERS)) return false;
    for (const key of [own, address, ...(isKnown ? [] : [name])])
      put(this.#made, key, [...this.#recent(key, now), now]);
    return true;
  }

  /** The right password: their own tries are forgotten, and of the address's and the name's this one. */
  succeed(one: Try, began: number): void {
    const { own, pair, address, name } = this.#keysOf(one);
    this.#made.delete(own);
    for (const key of [address, name]) {
      const made = this.#made.get(key) ?? [];
      const at = made.indexOf(began);
      if (at >= 0) this.#made.set(key, made.toSpliced(at, 1));
    }
    put(this.#known, pair, true);
  }

  #keysOf({ name, address, mark }: Try) {
    const pair = JSON.stringify([name, address]);
    const isKnown = mark !== null || this.#known.has(pair);
    const own = mark === null ? `pair ${pair}` : `mark ${mark}`;
    return { pair, own, isKnown, address: `address ${address}`, name: `name ${name}` };
  }

  #recent(key: string, now: number): number[] {
    return (this.#made.get(key) ?? []).filter((at) => now - at < WINDOW_MS);
  }
}

/** Names that nobody has must not fill the memory. Taken out first, so that the newest stand last. */
function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const [oldest] of map) {
    if (map.size <= KEPT) break;
    map.delete(oldest);
  }
}

/** What counts as one address: of IPv6 the network of 64 bits, since whoever has one of it has all. */
export function addressOf(ip: string | undefined): string {
  const plain = (ip ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [front = "", back] = plain.split("::");
  const parts = (half: string) => half.split(":").filter(Boolean);
  const missing = back === undefined ? 0 : Math.max(0, 8 - parts(front).length - parts(back).length);
  const all = [...parts(front), ...Array<string>(missing).fill("0"), ...parts(back ?? "")];
  return all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(":");
}
