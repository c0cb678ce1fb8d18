import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OpenApiDocument } from "../../simulators/asana/open-api-document.ts";
import { readOpenApiYaml } from "../../simulators/asana/open-api-yaml.ts";
import { SpecReferee } from "../../simulators/asana/spec-referee.ts";
import { findReferenceDir } from "../find-reference-dir.ts";

let document: OpenApiDocument | undefined;

/**
 * A referee of Asana's own document; undefined where the reference folder is missing. The document is read once
 * a process.
 */
export function findAsanaReferee(): SpecReferee | undefined {
  document ??= readDocument();
  return document === undefined ? undefined : new SpecReferee(document);
}

function readDocument(): OpenApiDocument | undefined {
  const referenceDir = findReferenceDir(process.env);
  if (referenceDir === undefined) return undefined;
  const path = join(referenceDir, "platforms/asana-openapi/asana_oas.yaml");
  return existsSync(path) ? new OpenApiDocument(readOpenApiYaml(readFileSync(path, "utf8"))) : undefined;
}
