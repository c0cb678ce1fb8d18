import { expect, test } from "vitest";
import { aFakeJiraSite } from "../../support/jira/a-fake-jira-site.ts";
import { trueDeletions, trueItems, trueProjectAt, trueWorklogs } from "./truth.ts";
import { World } from "./world.ts";

const HOUR = 3_600_000;

test("items have the changes that a history tells of, and are where the last deed put them", async () => {
  const { world, clock, project, statuses } = await aFakeJiraSite();
  const other = world.createProject("SHOP");
  const start = clock.now();
  const issue = world.createIssue({ project, status: statuses.toDo });
  const hourly = (deed: () => void) => {
    clock.advance(HOUR);
    deed();
  };
  hourly(() => world.moveStatus(issue, statuses.build));
  hourly(() => world.moveStatus(issue, statuses.build));
  hourly(() => world.flag(issue));
  hourly(() => world.moveToProject(issue, other, statuses.toDo));
  hourly(() => world.flag(issue, false));
  hourly(() => world.moveStatus(issue, statuses.done));
  hourly(() => world.migrateWorkflow(other, new Map([[statuses.done, statuses.build]])));
  expect(trueItems(world)).toEqual([
    {
      issue,
      key: "SHOP-1",
      project: other,
      createdAt: start,
      currentStatus: statuses.build,
      resolution: "Done",
      parent: undefined,
      changes: [
        { at: start + HOUR, from: statuses.toDo, to: statuses.build },
        { at: start + 4 * HOUR, from: statuses.build, to: statuses.toDo },
        { at: start + 6 * HOUR, from: statuses.toDo, to: statuses.done },
      ],
      blockings: [
        { at: start + 3 * HOUR, reason: "flag", source: "", begins: true },
        { at: start + 5 * HOUR, reason: "flag", source: "", begins: false },
      ],
    },
  ]);
  expect(trueProjectAt(world, issue, start + 4 * HOUR - 1)).toBe(project);
  expect(trueProjectAt(world, issue, start + 4 * HOUR)).toBe(other);
});

test("deleted issues and their sub-tasks are no items any more, but when they went is known", async () => {
  const { world, clock, project, statuses } = await aFakeJiraSite();
  const issue = world.createIssue({ project, status: statuses.toDo });
  const subtask = world.createIssue({ project, status: statuses.toDo, parent: issue });
  const kept = world.createIssue({ project, status: statuses.toDo });
  world.addWorklog({ issue, seconds: 60 });
  clock.advance(HOUR);
  world.deleteIssue(issue);
  expect(trueItems(world).map((item) => item.issue)).toEqual([kept]);
  expect([...trueDeletions(world)].toSorted()).toEqual([
    [issue, clock.now()],
    [subtask, clock.now()],
  ]);
  expect(trueWorklogs(world)).toEqual([]);
});

test("worklogs are those that are there, as they were edited last, where the issue was when the work was done", async () => {
  const { world, clock, project, statuses } = await aFakeJiraSite();
  const other = world.createProject("SHOP");
  const by = world.createPerson();
  const issue = world.createIssue({ project, status: statuses.toDo });
  const start = clock.now();
  clock.advance(HOUR);
  world.moveToProject(issue, other);
  const edited = world.addWorklog({ issue, seconds: 600, startedAt: start, by });
  const gone = world.addWorklog({ issue, seconds: 600 });
  const mirror = world.addWorklog({ issue, seconds: 89, properties: new Map([["stageledger.entry", "1"]]), by });
  world.editWorklog(edited, { seconds: 90 });
  world.deleteWorklog(gone);
  expect(trueWorklogs(world)).toEqual([
    { worklog: edited, issue, project, account: by, startedAt: start, minutes: 2, isMirror: false },
    { worklog: mirror, issue, project: other, account: by, startedAt: clock.now(), minutes: 1, isMirror: true },
  ]);
  expect(world.secondsOf(issue)).toBe(179);
});

test("every personal text of the world comes out of the API, so that finding none of it elsewhere means something", async () => {
  const { world, project, statuses, ask } = await aFakeJiraSite();
  const by = world.createPerson();
  const issue = world.createIssue({ project, status: statuses.toDo, by });
  world.comment(issue, "Fixed it for Ilse", by);
  world.rename(issue, "Ask Zoë", by);
  world.addWorklog({ issue, seconds: 60, by });
  const replies = [
    await ask(`issue/${issue}`),
    await ask(`project/${project}`),
    await ask("changelog/bulkfetch", { body: { issueIdsOrKeys: [issue], fieldIds: ["summary"] } }),
  ];
  const everything = JSON.stringify(replies);
  expect(world.personalTexts().filter((text) => !everything.includes(text))).toEqual([]);
  expect(world.personalTexts()).toEqual(expect.arrayContaining(["Fixed it for Ilse", "Ask Zoë", by]));
});

test("a person whose account is deleted is shown without a name", async () => {
  const { world, project, statuses, ask } = await aFakeJiraSite();
  const by = world.createPerson();
  const issue = world.createIssue({ project, status: statuses.toDo, by });
  world.deletePerson(by);
  expect((await ask(`issue/${issue}?fields=creator`)).json).toMatchObject({
    fields: { creator: { accountId: by, displayName: "Former user", active: false } },
  });
  expect(JSON.stringify((await ask(`issue/${issue}`)).json)).not.toContain("Kanarie-7");
});

test("the same seed gives the same ids, another seed others", () => {
  const idsOf = (seed: number) => {
    const world = new World({ now: () => 0, seed });
    const [project, status] = [world.createProject("PAY"), world.createStatus("To Do", "new")];
    return [1, 2, 3].map(() => world.createIssue({ project, status }));
  };
  expect(idsOf(1)).toEqual(idsOf(1));
  expect(idsOf(2)).not.toEqual(idsOf(1));
});

test("nonsense is refused at once", async () => {
  const { world, project, statuses } = await aFakeJiraSite();
  const issue = world.createIssue({ project, status: statuses.toDo });
  const other = world.createIssue({ project, status: statuses.build });
  expect(() => world.createProject("PAY")).toThrow("There is a PAY");
  expect(() => world.createIssue({ project, status: statuses.toDo, id: issue })).toThrow("There is a");
  expect(() => world.unlinkBlockedBy(issue, other)).toThrow("not blocked by");
  expect(() => world.deleteStatus(statuses.build)).toThrow("has issues");
  world.deleteStatus(statuses.build, statuses.toDo);
  expect(world.issues.get(other)?.state.status).toBe(statuses.toDo);
  expect(() => world.moveStatus(issue, statuses.build)).toThrow("is deleted");
  world.deleteIssue(issue);
  expect(() => world.moveStatus(issue, statuses.done)).toThrow("is deleted");
});
