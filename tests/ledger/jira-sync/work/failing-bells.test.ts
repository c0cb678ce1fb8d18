import { expect, test } from "vitest";
import { wrongShape } from "../../../../apps/ledger/src/jira-sync/jira/jira-error.ts";
import { onPostgres } from "../../../support/database/engines.ts";
import { aJiraSync, gatewayLike } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

onPostgres((engine) => {
  test("a site that cannot be learned, whatever it answers, parks no bell: it says nothing of what they are about", async () => {
    const trouble = { isOn: true };
    const one = await aJiraSync(engine().database, {
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          listStatuses: async () => {
            if (trouble.isOn) throw wrongShape("answered GET rest/api/3/status with a page");
            return gateway.listStatuses();
          },
        })),
    });
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.toDo });
    await one.ring({ what: "issue", gid: issue, action: "created" });
    for (let times = 0; times < 8; times += 1) {
      await one.answer();
      one.clock.advance(2 * HOUR);
    }
    expect((await one.bells()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(["new 8"]);
    trouble.isOn = false;
    await one.answer();
    expect(await one.stays(issue)).toBe("To Do");
    expect(await one.bells()).toEqual([]);
  });

  test.each([
    [{ kind: "answer", status: 429, headers: { "retry-after": "7200" } }, "JIRA_RATE_LIMITED"],
    [{ kind: "answer", status: 503 }, "JIRA_UNREACHABLE"],
  ] as const)(
    "an issue that Jira does not give now (%j) waits, and keeps no other from being read",
    async (fault, code) => {
      const one = await aJiraSync(engine().database);
      const [slow, quick] = [0, 1].map(() =>
        one.world.createIssue({ project: one.project, status: one.statuses.toDo }),
      );
      await one.compare();
      for (const issue of [slow, quick]) one.world.moveStatus(issue ?? "", one.statuses.build);
      one.jira.disturb(`/issue/${slow}`, fault, 100);
      await one.look(slow ?? "", quick ?? "");
      expect(
        (await one.bells()).map(({ fields, state, error_code }) => `${fields.gid} ${state} ${error_code}`),
      ).toEqual([`${slow} new ${code}`]);
      expect([await one.stays(slow ?? ""), await one.stays(quick ?? "")]).toEqual(["To Do", "To Do,In Progress"]);
    },
  );
});
