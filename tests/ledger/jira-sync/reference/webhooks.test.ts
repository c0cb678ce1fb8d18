/** Recorded bodies of real webhooks, stripped: what each becomes was written down by hand. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { strippedEvent } from "@stageledger/core/contract/jira-events";
import { expect, test } from "vitest";
import { z } from "zod";
import { describeWithReference } from "../../../support/reference-dir.ts";
import { readJson } from "../../../support/reference-logs.ts";

/** `action issue instant`, by the name of the recording. A comment by itself says nothing of an issue: it is none. */
const BECOMES: Readonly<Record<string, string | undefined>> = {
  "cloud-comment-created-mention-user": undefined,
  "cloud-comment-created": undefined,
  "cloud-comment-deleted": undefined,
  "cloud-comment-updated": undefined,
  "server-comment-created": undefined,
  "server-comment-deleted": undefined,
  "server-comment-updated": undefined,
  "cloud-issue-created-many-fields": "created 10509 1566935004475",
  "issue-created-no-description-nor-relevant-fields": "created 10040 1550286113023",
  "issue-created-no-description": "created 10040 1550286113023",
  "issue-created-no-relevant-fields": "created 10040 1550286113023",
  "issue-created-with-security-level": "created 10040 1550286113023",
  "issue-created": "created 10040 1550286113023",
  "issue-deleted": "deleted 10303 1562177136176",
  "cloud-issue-updated-custom-field": "updated 10368 1565574553414",
  "issue-assigned-empty-changelog": "updated 10001 1724179662935",
  "issue-comment-created-indentation": "updated 10101 1593218697100",
  "issue-updated-assigned-nobody": "updated 10040 1550351432604",
  "issue-updated-assigned-on-server": "updated 10226 1561649571497",
  "issue-updated-assigned": "updated 10040 1550287081752",
  "issue-updated-attachments": "updated 10040 1550351530065",
  "issue-updated-components": "updated 10360 1575556703833",
  "issue-updated-edited": "updated 10040 1550286601840",
  "issue-updated-fix-version": "updated 10040 1550286471789",
  "issue-updated-issue-type": "updated 10040 1550286471789",
  "issue-updated-labels": "updated 10040 1550351530065",
  "issue-updated-lowered-priority": "updated 10040 1550351632565",
  "issue-updated-multiple-custom-fields": "updated 10040 1550351530065",
  "issue-updated-multiple-values": "updated 10040 1550286471789",
  "issue-updated-raised-priority": "updated 10040 1550351716080",
  "issue-updated-rank": "updated 10040 1550351530065",
  "issue-updated-renamed": "updated 10040 1550286471789",
  "issue-updated-reopened-one-changelog": "updated 10040 1550287026531",
  "issue-updated-reopened": "updated 10040 1550287026531",
  "issue-updated-resolved-one-changelog": "updated 10040 1550286940507",
  "issue-updated-resolved": "updated 10040 1550286940507",
  "issue-updated-sprint": "updated 10040 1550351530065",
  "issue-updated-started-working": "updated 10040 1550286862039",
  "server-issue-updated-closed": "updated 10300 1565752078358",
  "server-issue-updated-comment-deleted": "updated 10013 1559610488109",
  "server-issue-updated-comment-edited": "updated 10013 1559609613673",
  "server-issue-updated-commented-1": "updated 10013 1559607317244",
  "server-issue-updated-commented-2": "updated 10231 1561757536066",
  "server-issue-updated-commented-3": "updated 10231 1561757536066",
  "server-issue-updated-commented-mention-user": "updated 10013 1559607317244",
  "server-issue-updated-in-progress": "updated 10300 1565751753680",
  "server-issue-updated-many-fields": "updated 10400 1567490619156",
  "server-issue-updated-reopened": "updated 10300 1565751703657",
  "server-issue-updated-resolved": "updated 10300 1565652182025",
  "server-old-issue-updated-no-event-type-assigned": "updated 10040 1550287081752",
  "server-old-issue-updated-no-event-type-comment-deleted": "updated 10013 1559610488109",
  "server-old-issue-updated-no-event-type-comment-edited": "updated 10013 1559609613673",
  "server-old-issue-updated-no-event-type-commented": "updated 10013 1559607317244",
  "server-old-issue-updated-no-event-type-edited": "updated 10040 1550286601840",
  "server-updated-custom-field": "updated 10106 1565574060611",
};

describeWithReference("Mattermost's recorded webhooks", (referenceDir) => {
  const folder = join(referenceDir, "data/mattermost-jira-webhooks");
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));

  test("each of the 55 becomes what it says of an issue, and nothing else of it is left", () => {
    expect(names.map((name) => name.slice("webhook-".length, -".json".length)).sort()).toEqual(
      Object.keys(BECOMES).sort(),
    );
    expect(names).toHaveLength(55);
    for (const name of names) {
      const body = readJson(join(folder, name), z.looseObject({}));
      const becomes = BECOMES[name.slice("webhook-".length, -".json".length)];
      const [action, issue, at] = becomes?.split(" ") ?? [];
      expect(strippedEvent(body), name).toEqual(
        becomes === undefined ? undefined : { what: "issue", action, issue, at: Number(at) },
      );
    }
  });

  test("nothing of a person survives", () => {
    const texts = names.flatMap((name) => {
      const body = readJson(join(folder, name), z.looseObject({}));
      const stripped = JSON.stringify(strippedEvent(body) ?? {});
      return personal(body).filter((text) => stripped.includes(text));
    });
    expect(texts).toEqual([]);
    expect(personal(readJson(join(folder, names[0] ?? ""), z.looseObject({}))).length).toBeGreaterThan(3);
  });
});

const PERSONAL = new Set(["accountId", "displayName", "emailAddress", "name", "key", "summary", "description", "body"]);

/** Texts of two characters and more in members that name or quote people. */
function personal(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === "string" && PERSONAL.has(name) && member.length > 1 ? [member] : personal(member),
  );
}
