import { verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, gatewayLike, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

type Between = { run: (() => void) | undefined };

/** Runs once, after the answer to the first call of that name was made. */
function between(call: "findIssue" | "readHistories", what: Between): NonNullable<Parameters<typeof aJiraSync>[1]> {
  const after = async <T>(answer: Promise<T>): Promise<T> => {
    const made = await answer;
    const run = what.run;
    what.run = undefined;
    run?.();
    return made;
  };
  return {
    openGateway: (open) =>
      gatewayLike(open, (gateway) =>
        call === "findIssue"
          ? { findIssue: (...asked) => after(gateway.findIssue(...asked)) }
          : { readHistories: (...asked) => after(gateway.readHistories(...asked)) },
      ),
  };
}

onBothEngines((engine) => {
  /** Two issues that were read: one that was moved to Build by a person, one that was made there. It is hour 2. */
  async function twoInBuild(options?: Parameters<typeof aJiraSync>[1]) {
    const one = await aJiraSync(engine().database, options);
    const moved = one.world.createIssue({ project: one.project, status: one.statuses.toDo });
    const made = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.clock.advance(HOUR);
    one.world.moveStatus(moved, one.statuses.build);
    one.clock.advance(HOUR);
    await one.look(moved, made);
    return { one, moved, made };
  }

  const migrate = (one: JiraSync) =>
    one.world.migrateWorkflow(one.project, new Map([[one.statuses.build, one.statuses.done]]));

  test.each([false, true])(
    "a status that changed without a history: one more change, dated at the look (updated moves: %s)",
    async (migrationMovesUpdated) => {
      const { one, moved, made } = await twoInBuild({ worldDials: { migrationMovesUpdated } });
      await one.compare();
      migrate(one);
      one.clock.advance(HOUR);
      await one.compare();
      expect(await one.stays(moved)).toBe("To Do,In Progress,Done");
      expect(await one.hours(moved)).toEqual([0, 1, 3]);
      expect(await one.stays(made)).toBe("In Progress,Done");
      expect(await one.hours(made)).toEqual([0, 3]);
      expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
    },
  );

  test("however often it is looked at, it is recorded once; a real move follows from there", async () => {
    const { one, moved, made } = await twoInBuild();
    migrate(one);
    one.clock.advance(HOUR);
    await one.look(moved, made);
    const before = await one.rows();
    for (let looks = 0; looks < 3; looks += 1) {
      one.clock.advance(HOUR);
      await one.look(moved, made);
    }
    expect(await one.rows()).toEqual(before);
    one.clock.advance(HOUR);
    one.world.moveStatus(moved, one.statuses.toDo);
    one.world.moveStatus(made, one.statuses.toDo);
    one.clock.advance(HOUR);
    await one.look(moved, made);
    expect(await one.stays(moved)).toBe("To Do,In Progress,Done,To Do");
    expect(await one.hours(moved)).toEqual([0, 1, 3, 7]);
    expect(await one.stays(made)).toBe("In Progress,Done,To Do");
    expect(await one.hours(made)).toEqual([0, 3, 7]);
  });

  test("a migration there and back is two changes", async () => {
    const { one, moved } = await twoInBuild();
    migrate(one);
    one.clock.advance(HOUR);
    await one.look(moved);
    one.world.migrateWorkflow(one.project, new Map([[one.statuses.done, one.statuses.build]]));
    one.clock.advance(HOUR);
    await one.look(moved);
    expect(await one.stays(moved)).toBe("To Do,In Progress,Done,In Progress");
    expect(await one.hours(moved)).toEqual([0, 1, 3, 4]);
  });

  test("a migration that nobody looked at before the next move: the move alone is told", async () => {
    const { one, moved } = await twoInBuild();
    migrate(one);
    one.clock.advance(HOUR);
    one.world.moveStatus(moved, one.statuses.toDo);
    one.clock.advance(HOUR);
    await one.look(moved);
    expect(await one.stays(moved)).toBe("To Do,In Progress,To Do");
    expect(await one.hours(moved)).toEqual([0, 1, 3]);
  });

  test.each(["findIssue", "readHistories"] as const)(
    "a real move between two calls is not taken for a migration (after %s)",
    async (call) => {
      const race: Between = { run: undefined };
      const { one, moved, made } = await twoInBuild(between(call, race));
      for (const issue of [moved, made]) {
        race.run = () => one.world.moveStatus(issue, one.statuses.done);
        await one.look(issue);
        one.clock.advance(HOUR);
        // Whatever this look saw, the next one sees it all.
        await one.look(issue);
      }
      expect(await one.stays(moved)).toBe("To Do,In Progress,Done");
      expect(await one.hours(moved)).toEqual([0, 1, 2]);
      expect(await one.stays(made)).toBe("In Progress,Done");
      expect(await one.hours(made)).toEqual([0, 3]);
    },
  );

  test("a move and its way back between two calls leave their histories", async () => {
    const race: Between = { run: undefined };
    const { one, moved } = await twoInBuild(between("findIssue", race));
    race.run = () => {
      one.world.moveStatus(moved, one.statuses.done);
      one.clock.advance(HOUR);
      one.world.moveStatus(moved, one.statuses.build);
    };
    await one.look(moved);
    expect(await one.stays(moved)).toBe("To Do,In Progress,Done,In Progress");
    expect(await one.hours(moved)).toEqual([0, 1, 2, 3]);
  });

  test("an issue that moves whenever it is read is left to the next sweep, without a guess", async () => {
    let moves = 0;
    const restless = { isOn: false };
    const { one, moved } = await twoInBuild({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          findIssue: async (...asked) => {
            const answer = await gateway.findIssue(...asked);
            if (restless.isOn) {
              moves += 1;
              one.clock.advance(1000);
              one.world.moveStatus(moved, moves % 2 === 1 ? one.statuses.done : one.statuses.build);
            }
            return answer;
          },
        })),
    });
    restless.isOn = true;
    await one.look(moved);
    restless.isOn = false;
    expect(moves).toBeGreaterThan(2);
    expect(moves).toBeLessThan(10);
    one.clock.advance(HOUR);
    expect((await one.compare(true))?.rung).toBe(1);
    const turns = ["To Do", "In Progress"];
    for (let move = 1; move <= moves; move += 1) turns.push(move % 2 === 1 ? "Done" : "In Progress");
    expect(await one.stays(moved)).toBe(turns.join(","));
  });

  test("a status that was deleted, and that histories still name, keeps its stays (E6)", async () => {
    const { one, moved } = await twoInBuild();
    const review = one.world.createStatus("Controleren", "indeterminate");
    one.world.moveStatus(moved, review);
    one.clock.advance(HOUR);
    one.world.moveStatus(moved, one.statuses.done);
    one.world.deleteStatus(review);
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.stays(moved)).toBe("To Do,In Progress,Controleren,Done");
    expect(await one.hours(moved)).toEqual([0, 1, 2, 3]);
  });
});
