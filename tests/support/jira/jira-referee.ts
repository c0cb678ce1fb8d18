import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { JiraDocument, SpecReferee } from "../../simulators/jira/spec-referee.ts";
import { findReferenceDir } from "../find-reference-dir.ts";

let document: JiraDocument | undefined;

/** A referee of Jira's own document; undefined where the reference folder is missing. The document is read once a process. */
export function findJiraReferee(): SpecReferee | undefined {
  document ??= readDocument();
  return document === undefined ? undefined : new SpecReferee(document);
}

function readDocument(): JiraDocument | undefined {
  const referenceDir = findReferenceDir(process.env);
  if (referenceDir === undefined) return undefined;
  const path = join(referenceDir, "platforms/jira-openapi/platform-swagger.v3.json.gz");
  return existsSync(path) ? new JiraDocument(JSON.parse(gunzipSync(readFileSync(path)).toString("utf8"))) : undefined;
}
