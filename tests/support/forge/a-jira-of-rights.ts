/** A Jira that answers one question: what somebody may do. By their token, on a free port of this machine. */
import { once } from "node:events";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { z } from "zod";

interface RightsQuestion {
  /** Of whoever the token is. */
  readonly accountId: string;
  readonly permission: string;
  /** `issue 10088`, `project 10001` or `site`. */
  readonly subject: string;
}

export interface JiraOfRights {
  readonly url: string;
  /** All that was asked, in order. */
  readonly questions: RightsQuestion[];
  /** Whether it is granted; a number is answered as a status. Everything is granted unless a test says otherwise. */
  answer: (question: RightsQuestion) => boolean | number;
}

const TOKEN = "user-token-of-";

export function userTokenOf(accountId: string): string {
  return `${TOKEN}${accountId}`;
}

/** Ends with the test. */
export async function aJiraOfRights(): Promise<JiraOfRights> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const issue = searchParams.get("issueId");
    const project = searchParams.get("projectId");
    const question = {
      accountId: (request.headers.authorization ?? "").replace(`Bearer ${TOKEN}`, ""),
      permission: searchParams.get("permissions") ?? "",
      subject: issue !== null ? `issue ${issue}` : project !== null ? `project ${project}` : "site",
    };
    jira.questions.push(question);
    const answer = pathname === "/ex/jira/0000/rest/api/3/mypermissions" ? jira.answer(question) : 404;
    response.statusCode = typeof answer === "number" ? answer : 200;
    const permissions = { [question.permission]: { key: question.permission, havePermission: answer === true } };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ permissions }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const jira: JiraOfRights = { url: `http://127.0.0.1:${port}/ex/jira/0000`, questions: [], answer: () => true };
  return jira;
}
