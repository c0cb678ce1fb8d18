/** What is not there, and what somebody may not know of: they are told the same. */
import { StageledgerError } from "@stageledger/core";

export function itemUnknown(): StageledgerError {
  return new StageledgerError("ITEM_UNKNOWN", "The ledger does not know this item yet.", {
    next: "New items are known some minutes after they are made; an admin can check that the project is connected.",
  });
}

export function projectUnknown(): StageledgerError {
  return new StageledgerError("PROJECT_UNKNOWN", "The ledger has no project of that name.", {
    next: "Take the project's name from the item: the panel shows it. One that is new has no report yet.",
  });
}

/** Of a project by its id in the source. */
export function sourceProjectUnknown(): StageledgerError {
  return new StageledgerError("PROJECT_UNKNOWN", "The ledger does not know this project yet.", {
    next: "A project that is new is known some minutes after it is made; an admin can check that it is read.",
  });
}

export function pathUnknown(): StageledgerError {
  return new StageledgerError("PATH_UNKNOWN", "Nothing is at this path.", {
    next: "See /openapi.json for what there is.",
  });
}

export function roadblockUnknown(): StageledgerError {
  return new StageledgerError("ROADBLOCK_UNKNOWN", "There is no such roadblock.", { next: "Reload the list." });
}
