/** What a doctor says of connected Jira sites: what the database tells. Nothing is asked of Jira. Pure. */
import type { ErrorCode } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import type { DescribedSite } from "./describe-sites.ts";

export interface SiteFinding {
  readonly what: string;
  /** "look": it works, and somebody should know. */
  readonly state: "ok" | "look";
  readonly finding: string;
  readonly code: ErrorCode | undefined;
  readonly next: string | undefined;
  /** The same for who administers the site in Jira: they do not run the ledger, and have no command line for it. */
  readonly nextInJira: string | undefined;
}

const MINUTE = 60_000;
/** A server that runs is never so late. */
const LATE_MILLISECONDS = 30 * MINUTE;

/** @param agoText such as "3 minutes ago" */
export function examineSites(
  sites: readonly DescribedSite[],
  now: number,
  agoText: (instant: number | undefined) => string,
): readonly SiteFinding[] {
  return sites.flatMap((site) => {
    const what = sites.length === 1 ? "jira" : `jira ${site.installationId}`;
    const doubts = doubtsAbout(site, now, agoText);
    if (doubts.length > 0) return doubts.map((doubt): SiteFinding => ({ what, state: "look", ...doubt }));
    const projects = site.projects.length === 1 ? "1 project" : `${site.projects.length} projects`;
    const finding = `${projects}, last compared ${agoText(site.comparedAt)}.`;
    return [{ what, state: "ok", finding, code: undefined, next: undefined, nextInJira: undefined }];
  });
}

type Doubt = Pick<SiteFinding, "finding" | "next" | "nextInJira" | "code">;

function doubtsAbout(
  { problemCode, dueAt, bellsParked, impossibleWorklogs, itemsInDoubt, wantedKeys, comparedAt }: DescribedSite,
  now: number,
  agoText: (instant: number | undefined) => string,
): readonly Doubt[] {
  const problem = problemCode === undefined ? undefined : PROBLEMS[problemCode];
  const unread = bellsParked - impossibleWorklogs;
  return [
    ...(itemsInDoubt === 0 ? [] : [inDoubt(itemsInDoubt)]),
    ...(problem === undefined || (problemCode === DOUBT_CODE && itemsInDoubt > 0) ? [] : [problem]),
    ...(problemCode === undefined || problem !== undefined
      ? []
      : [
          doubt(
            `The last run ended with ${problemCode}.`,
            "Try it once more: stageledger connections sync",
            "It is tried again by itself. Whoever runs the ledger can do it now: stageledger connections sync",
          ),
        ]),
    ...(problemCode === undefined && comparedAt === undefined
      ? [
          doubt(
            "It was not read yet.",
            "Run the server, and see that the app is installed in Jira: it brings the token.",
            "The app brings a token within the hour. Reading begins then.",
          ),
        ]
      : []),
    ...(dueAt === undefined || now - dueAt <= LATE_MILLISECONDS
      ? []
      : [
          doubt(
            `Nothing has compared it with Jira when it was due, ${agoText(dueAt)}.`,
            "Run the server: npm start. Or compare now: stageledger connections sync",
            "Whoever runs the ledger looks whether its worker runs, or compares now: stageledger connections sync",
          ),
        ]),
    ...(unread === 0
      ? []
      : [
          doubt(
            `${unread} parked: what they rang for could not be read.`,
            "See why: stageledger inbox list",
            "Whoever runs the ledger sees why: stageledger inbox list",
          ),
        ]),
    ...(impossibleWorklogs === 0
      ? []
      : [
          doubt(
            `${counted(impossibleWorklogs, "worklog")} of over 24 hours, which no time entry can be: not counted.`,
            "Split them in Jira. Which they are: stageledger inbox list",
            "Split them in Jira. Which they are, whoever runs the ledger sees: stageledger inbox list",
          ),
        ]),
    ...(wantedKeys.length === 0 || comparedAt === undefined
      ? []
      : [
          doubt(
            `Jira shows no project of these keys: ${wantedKeys.join(", ")}.`,
            "Check the keys, and that the app may browse these projects.",
          ),
        ]),
  ];
}

const DOUBT_CODE = "JIRA_FORBIDDEN";

function inDoubt(issues: number): Doubt {
  return {
    code: DOUBT_CODE,
    finding: `${counted(issues, "issue")} cannot be read any more, and nothing tells that they were deleted. They stay as they were.`,
    next: "If they were deleted: stageledger connections sync --accept-deleted. Else let the app see them again.",
    nextInJira:
      "If they were deleted, whoever runs the ledger says so: stageledger connections sync --accept-deleted. Else let the app see them again.",
  };
}

const PROBLEMS: Readonly<Record<string, Doubt | undefined>> = {
  JIRA_TOKEN_MISSING: {
    code: "JIRA_TOKEN_MISSING",
    finding: "The app in Jira has brought no token, or none for an hour.",
    next: "Is the app installed, and does it reach this server? `forge logs` shows what its hourly call was answered.",
    nextInJira:
      "It brings one each hour. If it stays so: in `forge logs` whoever deployed the app sees what its hourly call was answered.",
  },
  JIRA_UNAUTHORISED: {
    code: "JIRA_UNAUTHORISED",
    finding: "Jira did not accept the app's token at the last run.",
    next: "The next hourly token mends it. If it stays so, the app was taken out of the site.",
    nextInJira:
      "The next hourly token mends it. If it stays so, see whether a new version of the app waits to be allowed.",
  },
  JIRA_FORBIDDEN: inBothWords({
    code: "JIRA_FORBIDDEN",
    finding: "Something of the site could not be read at the last run.",
    next: "Check in Jira that the app may browse every project, and that no new version of it waits to be allowed.",
  }),
  CONNECTION_OTHER_SITE: {
    code: "CONNECTION_OTHER_SITE",
    finding: "It is another Jira site than the one that this ledger's issues came from: nothing of it is taken.",
    next: "Disconnect it here, and connect it to a ledger of its own (--data or --tenant): its issues have the same ids.",
    nextInJira:
      "Whoever runs the ledger connects this site to a ledger of its own: issues of two sites have the same ids.",
  },
  JIRA_UNREACHABLE: inBothWords({
    code: "JIRA_UNREACHABLE",
    finding: "Jira could not be reached at the last run.",
    next: "https://status.atlassian.com shows outages. It is tried again by itself.",
  }),
  JIRA_RATE_LIMITED: inBothWords({
    code: "JIRA_RATE_LIMITED",
    finding: "Jira's limit for the app was reached at the last run.",
    next: "Nothing: it goes on by itself when Jira allows it.",
  }),
};

function inBothWords(problem: Omit<Doubt, "nextInJira">): Doubt {
  return { ...problem, nextInJira: problem.next };
}

/** @param nextInJira where it is to be said otherwise there */
function doubt(finding: string, next: string, nextInJira = next): Doubt {
  return { finding, next, nextInJira, code: undefined };
}
