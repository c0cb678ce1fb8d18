/** Which stage map an analysis uses: the given one in force, or the default from the statuses. */
import {
  defaultStageMap,
  type FirstEntryPlaces,
  mapInForce,
  StageledgerError,
  type StageMap,
  type Status,
} from "@stageledger/core";
import { toStageMap } from "./settings/document-map.ts";
import type { StagesDocument } from "./settings/stages-file.ts";

export interface MapChoice {
  /** Documents of the stages file; undefined = each status is a stage. */
  readonly stages: readonly StagesDocument[] | undefined;
  /** Asks for this version instead of the one in force. */
  readonly mapVersion: number | undefined;
  readonly asOf: number;
  /** A list of the site's statuses was given. */
  readonly hasStatusList: boolean;
}

export interface ChosenMap {
  readonly map: StageMap;
  /** Things a reader should know, such as a status in the stages file that nothing has. */
  readonly warnings: readonly string[];
}

/** @throws StageledgerError INPUT_WRONG_SHAPE, SETTING_INVALID, STAGES_STATUS_TWICE, STAGES_NO_COMMITMENT, STAGES_UNKNOWN_STATUS */
export function chooseMap(
  statuses: ReadonlyMap<string, Status>,
  places: FirstEntryPlaces,
  choice: MapChoice,
): ChosenMap {
  return choice.stages === undefined ? byDefault(statuses, places, choice) : inForce(statuses, choice.stages, choice);
}

function byDefault(
  statuses: ReadonlyMap<string, Status>,
  places: FirstEntryPlaces,
  { hasStatusList }: MapChoice,
): ChosenMap {
  const map = defaultStageMap(statuses, places);
  if (map === undefined) {
    throw new StageledgerError(
      "INPUT_WRONG_SHAPE",
      "Every issue was done from its creation on: there is no flow to look at.",
      {
        next: hasStatusList
          ? "Check the categories in the statuses file."
          : "Give the site's status categories with --statuses.",
      },
    );
  }
  return { map, warnings: [] };
}

function inForce(
  statuses: ReadonlyMap<string, Status>,
  documents: readonly StagesDocument[],
  { mapVersion, asOf }: MapChoice,
): ChosenMap {
  const versions = documents.map((document) => toStageMap(document, statuses));
  const maps = versions.map((version) => version.map);
  const map =
    mapVersion === undefined ? mapInForce(maps, asOf) : maps.find((candidate) => candidate.version === mapVersion);
  if (map === undefined) {
    const problem =
      mapVersion === undefined
        ? "No version of the stage map was in force at the as-of instant."
        : `The stages file has no version ${mapVersion}.`;
    throw new StageledgerError("SETTING_INVALID", problem, {
      next: `It has: ${maps.map((candidate) => candidate.version).join(", ")}.`,
    });
  }
  if (map.stages.every((stage) => stage.statuses.length === 0)) {
    throw new StageledgerError("STAGES_UNKNOWN_STATUS", "The stages file names no status that the log has.", {
      next: `The log has: ${[...statuses.values()]
        .map(({ id, name }) => `${name} (${id})`)
        .slice(0, 20)
        .join(", ")}.`,
    });
  }
  const unknown = versions.find((version) => version.map === map)?.unknown ?? [];
  return {
    map,
    warnings: unknown.map(
      (status) => `The stages file names status "${status}", which neither the log nor the list of statuses has.`,
    ),
  };
}
