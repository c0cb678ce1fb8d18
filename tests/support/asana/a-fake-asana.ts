import { expect, onTestFinished } from "vitest";
import { type FakeAsana, type FakeAsanaOptions, startFakeAsana } from "../../simulators/asana/fake-asana.ts";
import { SimulatedClock } from "../../simulators/asana/simulated-clock.ts";
import { World } from "../../simulators/asana/world.ts";
import type { WorldDials } from "../../simulators/asana/world-state.ts";
import { findAsanaReferee } from "./asana-referee.ts";

export interface AsanaInTest {
  readonly clock: SimulatedClock;
  readonly world: World;
  readonly workspace: string;
  /** With the sections To do, Build and Done. */
  readonly project: string;
  readonly sections: { readonly toDo: string; readonly build: string; readonly done: string };
  readonly asana: FakeAsana;
}

interface Wanted extends FakeAsanaOptions {
  readonly worldDials?: Partial<WorldDials>;
  /** False: what is asked and answered is not held against Asana's document. */
  readonly isRefereed?: boolean;
  /** ISO 8601; Monday 7 September 2026, 08:00 UTC, unless said. */
  readonly startsAt?: string;
}

/**
 * A fake Asana with one project, closed after the test. Where Asana's document is at
 * hand, the test fails when a request or a reply does not follow it.
 */
export async function aFakeAsana({
  worldDials = {},
  isRefereed = true,
  startsAt = "2026-09-07T08:00:00Z",
  ...options
}: Wanted = {}): Promise<AsanaInTest> {
  const clock = new SimulatedClock(startsAt);
  const world = new World({ now: clock.now, dials: worldDials });
  const workspace = world.createWorkspace();
  const project = world.createProject(workspace, "Orders", ["To do", "Build", "Done"]);
  const [toDo = "", build = "", done = ""] = world.sectionsOf(project).map(({ gid }) => gid);
  const referee = isRefereed ? findAsanaReferee() : undefined;
  const asana = await startFakeAsana(world, { ...options, ...(referee === undefined ? {} : { referee }) });
  onTestFinished(async () => {
    await asana.close();
    expect(referee?.objections ?? []).toEqual([]);
  });
  return { clock, world, workspace, project, sections: { toDo, build, done }, asana };
}
