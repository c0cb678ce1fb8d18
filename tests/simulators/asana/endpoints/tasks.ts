import { Refusal } from "../answer.ts";
import type { Task } from "../records.ts";
import type { Call, Route, Site } from "../site.ts";

/** Tasks, the stories on them and their subtasks. */
export function taskRoutes(site: Site): readonly Route[] {
  const { world, resources } = site;
  return [
    {
      method: "GET",
      path: "/tasks",
      answer: (call) => {
        const project = site.getProject(call.query.get("project"));
        site.payFor(call, false);
        const inProject = ({ memberships }: Task) =>
          memberships.some((membership) => membership.project === project.gid);
        const modifiedSince = readInstant(call, "modified_since");
        const completedSince = readInstant(call, "completed_since");
        const tasks = [...world.tasks.values()]
          .filter((task) => site.isSeen(task) && inProject(task))
          .filter(({ modifiedAt }) => modifiedAt >= modifiedSince)
          .filter(({ completedAt }) => completedAt === undefined || completedAt >= completedSince);
        return site.list(call, tasks, (task) => site.task(task), true);
      },
    },
    {
      method: "GET",
      path: "/tasks/*",
      answer: (call) => {
        const task = site.getTask(call.gids[0]);
        site.payFor(call, false);
        return site.one(call, site.task(task));
      },
    },
    {
      method: "GET",
      path: "/tasks/*/stories",
      answer: (call) => {
        const { gid } = site.getTask(call.gids[0]);
        return site.list(call, world.storiesByTask.get(gid) ?? [], (story) => resources.story(story));
      },
    },
    {
      method: "GET",
      path: "/tasks/*/subtasks",
      answer: (call) => {
        const { gid } = site.getTask(call.gids[0]);
        site.payFor(call, false);
        const subtasks = world.subtasksOf(gid).filter((task) => site.isSeen(task));
        return site.list(call, subtasks, (task) => site.task(task), true);
      },
    },
  ];
}

/** Before everything when it is not given. */
function readInstant({ query }: Call, name: string): number {
  const text = query.get(name);
  if (text === null) return Number.NEGATIVE_INFINITY;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Refusal(400, `${name}: Not a valid date-time.`);
  return instant;
}
