import { expect } from "vitest";
import { figures, Moments, problems, shapeOf } from "./inspect.ts";
import { type Kind, killPoints, type Tortured } from "./points.ts";
import type { Scene } from "./scene.ts";

/** Each kind of state differs from all before in the way that the command works, and none is a mixture. */
export function expectSteps({ kinds }: Tortured, of: (kind: Kind) => string | null, atMost: number): void {
  const steps = kinds.map(of).filter((value, at, all) => value !== all[at - 1]);
  expect(new Set(steps).size, "went back to an older state").toBe(steps.length);
  expect(steps.length).toBeLessThanOrEqual(atMost);
}

/** Stops commands in a scene after every call, and counts the points. */
export class Torturer {
  points = 0;
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async kill(args: readonly string[], options?: { everyWrite: boolean }): Promise<Tortured> {
    const acknowledged = (await new Moments(this.#scene.root, this.#scene.folder).now()).imports;
    const done = await killPoints(this.#scene, args, options);
    expect([done.code, done.log]).toEqual([0, done.log]);
    this.points += done.points;
    for (const { moment, after, problems: found } of done.kinds) {
      expect([after, moment.missing]).toEqual([after, []]);
      expect([after, found.filter((problem) => !problem.startsWith("erasure "))]).toEqual([after, []]);
      expect(moment.imports.slice(0, acknowledged.length), after).toEqual(acknowledged);
    }
    return done;
  }

  /** Runs the command again where it was killed, and compares with the run that nothing disturbed. */
  async expectCompletes({ kinds }: Tortured, args: readonly string[]): Promise<void> {
    const undisturbed = await figures(this.#scene.root);
    const shape = shapeOf(this.#scene.root);
    const last = JSON.stringify(kinds.at(-1)?.moment);
    for (const { copy, after } of kinds.filter(({ moment }) => JSON.stringify(moment) !== last)) {
      this.#scene.must(...args, "--workspace", copy);
      expect([after, await problems(copy)]).toEqual([after, []]);
      expect([after, await figures(copy)]).toEqual([after, undisturbed]);
      expect([after, shapeOf(copy)]).toEqual([after, shape]);
    }
  }
}
