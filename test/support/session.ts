import { afterAll, beforeAll } from "vitest";
import { ImportSession } from "../../src/ingest/session.ts";
import { Community, NOW } from "./community.ts";

/** A community and a session of imports into it, made before the tests of a file and gone after them. */
export function importSession(): { community: Community; session: ImportSession } {
  const made = {} as { community: Community; session: ImportSession };
  beforeAll(async () => {
    made.community = new Community();
    made.session = await ImportSession.open(made.community.workspace, made.community.state, NOW);
  });
  afterAll(() => {
    made.session.close();
    made.community.remove();
  });
  return made;
}
