import { describe, expect, test } from "vitest";
import { parseCall } from "./calls.ts";
import { brokenOrder } from "./order.ts";

/** A publication as strace logs it; without some of its lines the order must be found broken. */
const PUBLICATION = [
  'openat(AT_FDCWD</w>, "/w/lake/m/part.tmp-1", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0666) = 19</w/lake/m/part.tmp-1>',
  'write(19</w/lake/m/part.tmp-1>, ""..., 3298) = 3298',
  "fsync(20</w/lake/m/part.tmp-1>) = 0",
  'chmod("/w/lake/m/part.tmp-1", 0400)  = 0',
  'rename("/w/lake/m/part.tmp-1", "/w/lake/m/part-ab.parquet") = 0',
  "fsync(20</w/lake/m>)      = 0",
  'write(20</w/state.duckdb.wal>, ""..., 1471) = 1471',
  "fsync(20</w/state.duckdb.wal>) = 0",
  'pwrite64(19</w/marts/draft-1.tmp>, ""..., 262144, 274432) = 262144',
  "fsync(19</w/marts/draft-1.tmp>) = 0",
  'rename("/w/marts/draft-1.tmp", "/w/marts/marts-1.duckdb") = 0',
  "fsync(19</w/marts>) = 0",
  'write(19</w/marts/CURRENT.tmp-1>, ""..., 192) = 192',
  "fsync(19</w/marts/CURRENT.tmp-1>) = 0",
  'rename("/w/marts/CURRENT.tmp-1", "/w/marts/CURRENT") = 0',
  "fsync(19</w/marts>) = 0",
];
const found = (lines: readonly string[]) =>
  brokenOrder(
    lines.flatMap((line) => parseCall(line) ?? []),
    "/w",
  );

describe("the order of system calls", () => {
  test("a publication that syncs everything is in order", () => {
    expect(found(PUBLICATION)).toEqual([]);
  });

  test.each([
    [2, "named before it was synced: /w/lake/m/part-ab.parquet"],
    [5, "listed before it was synced: /w/lake/m"],
    [7, "never synced: /w/state.duckdb.wal"],
    [9, "named before it was synced: /w/marts/marts-1.duckdb"],
    [11, "pointed to before its folder was synced: /w/marts/CURRENT"],
    [13, "named before it was synced: /w/marts/CURRENT"],
    [15, "never synced: /w/marts"],
  ])("without line %i it is not", (line, what) => {
    expect(found(PUBLICATION.toSpliced(line, 1))).toContain(what);
  });

  test("a failed call and a look-up change nothing", () => {
    expect(parseCall('mkdir("/w/lake", 0700) = -1 EEXIST (File exists)')).toMatchObject({
      changes: false,
      error: "EEXIST",
    });
    expect(parseCall('openat(AT_FDCWD</w>, "/w/a", O_RDONLY|O_CLOEXEC) = 3</w/a>')?.changes).toBe(false);
    expect(parseCall("+++ exited with 0 +++")).toBeUndefined();
  });
});
