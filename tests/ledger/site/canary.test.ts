import { expect, test } from "vitest";
import {
  aHistory,
  aJiraSite,
  anIssue,
  assigned,
  CANARY,
  DOING,
  DONE,
  moved,
  TODO,
} from "../../support/jira-site-builder.ts";
import { aSiteReading } from "../../support/site-reading.ts";

test("no person leaves the reader, though the site names them everywhere", async () => {
  const issues = [1, 2, 3].map((number) => {
    const parent = { id: "10999", key: "PAY-999", fields: { summary: CANARY } };
    const resolution = { id: "1", name: "Fixed", description: CANARY };
    const histories = [
      aHistory(`${number}1`, "2026-09-07T08:00:00.000+0000", moved(TODO, DOING), assigned),
      aHistory(`${number}2`, "2026-09-08T08:00:00.000+0000", moved(DOING, DONE)),
      aHistory(`${number}3`, "2026-09-08T09:00:00.000+0000", assigned),
    ];
    return anIssue(number, { fields: { parent, resolution, status: DONE }, histories });
  });
  const site = aJiraSite({ issues });
  const reading = await aSiteReading(site, { searchPageSize: 2 });

  await reading.read();

  // The plant: it stands in what the site answers, in issues, histories and statuses.
  const answers = await Promise.all(
    reading.jira.requests.map(async ({ method, path, body }) => {
      const headers = { authorization: reading.authorization };
      const again = await fetch(`${reading.jira.url}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { path, text: await again.text() };
    }),
  );
  for (const end of ["/status", "/search/jql", "/changelog/bulkfetch"]) {
    expect(answers.some(({ path, text }) => path.endsWith(end) && text.includes(CANARY))).toBe(true);
  }

  expect(reading.sink.of("issue")).toHaveLength(3);
  expect(reading.sink.of("histories").flatMap(([, histories]) => histories)).toHaveLength(6);
  expect(JSON.stringify(reading.sink.calls)).not.toContain(CANARY);
});
