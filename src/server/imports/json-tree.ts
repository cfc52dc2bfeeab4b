export type Key = string | number;

/** The value behind those that its array has already; arrays on the way keep their places. */
export function withValue(root: unknown, [key, ...below]: readonly Key[], value: string): unknown {
  if (key === undefined) return value;
  if (typeof key === "string") {
    const object = (root ?? {}) as Record<string, unknown>;
    return { ...object, [key]: withValue(object[key], below, value) };
  }
  const array = [...((root ?? []) as unknown[])];
  if (below.length === 0) array.push(value);
  else array[key] = withValue(array[key], below, value);
  return array;
}

/** Values before all that stood beside them. */
export function merged(values: unknown, rest: unknown): unknown {
  if (Array.isArray(values)) {
    const others = Array.isArray(rest) ? (rest as unknown[]) : [];
    const length = Math.max(values.length, others.length);
    return Array.from({ length }, (_, at) => merged(values[at], others[at]));
  }
  if (typeof values !== "object" || values === null) return values ?? rest ?? null;
  if (typeof rest !== "object" || rest === null || Array.isArray(rest)) return values;
  const beside = rest as Record<string, unknown>;
  const own = values as Record<string, unknown>;
  const keys = [...new Set([...Object.keys(own), ...Object.keys(beside)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in own ? merged(own[key], beside[key]) : beside[key]]),
  );
}
