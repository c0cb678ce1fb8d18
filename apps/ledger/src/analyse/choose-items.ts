/** The first look over the log: which items belong to the answer, and what only all of them together tell. */
import { buildTimeline, FirstEntryPlaces, type ItemFacts, lastActivity, StageledgerError } from "@stageledger/core";
import { KeyOrder } from "./log/key-order.ts";
import type { PackedLog } from "./log/packed-log.ts";

export interface ItemChoice {
  /** Project keys; empty = all. */
  readonly projects: readonly string[];
  readonly asOf: number;
  /** Only the default map needs the places of first entries. */
  readonly withPlaces: boolean;
  /** Only a list of items needs them in order of their keys. */
  readonly inKeyOrder: boolean;
}

export interface ChosenItems {
  /** Numbers in the log. */
  readonly numbers: Uint32Array;
  /** E10: sub-tasks keep their parent's stall clock running. */
  readonly subtaskActivityByParent: ReadonlyMap<string, number>;
  /** Mean places of first entries, for the default map. */
  readonly places: FirstEntryPlaces;
}

/** @throws StageledgerError SETTING_INVALID for a project that no issue belongs to, or an as-of instant before all issues */
export function chooseItems(log: PackedLog, choice: ItemChoice): ChosenItems {
  const wanted = new Set(choice.projects);
  const found = new Set<string>();
  const numbers = new Uint32Array(log.size);
  const order = new KeyOrder();
  const places = new FirstEntryPlaces();
  const subtaskActivityByParent = new Map<string, number>();
  let length = 0;
  let firstCreatedAt = Number.POSITIVE_INFINITY;
  for (let number = 0; number < log.size; number += 1) {
    const facts = log.item(number);
    found.add(facts.project);
    if (wanted.size > 0 && !wanted.has(facts.project)) continue;
    numbers[length] = number;
    length += 1;
    firstCreatedAt = Math.min(firstCreatedAt, facts.createdAt);
    if (choice.inKeyOrder) order.add(number, facts.key);
    if (facts.isSubtask) noteSubtask(facts, choice.asOf, subtaskActivityByParent);
    else if (choice.withPlaces) {
      const timeline = buildTimeline(facts, choice.asOf);
      if (timeline !== undefined) places.add(timeline);
    }
  }
  refuseUnknown(choice.projects, found);
  refuseTooEarly(choice.asOf, firstCreatedAt);
  return {
    numbers: choice.inKeyOrder ? order.inOrder() : numbers.subarray(0, length),
    subtaskActivityByParent,
    places,
  };
}

function noteSubtask(facts: ItemFacts, asOf: number, activityByParent: Map<string, number>): void {
  if (facts.parentId === undefined) return;
  const at = lastActivity(facts, asOf);
  if (at > (activityByParent.get(facts.parentId) ?? Number.NEGATIVE_INFINITY)) activityByParent.set(facts.parentId, at);
}

function refuseUnknown(projects: readonly string[], found: ReadonlySet<string>): void {
  const missing = projects.find((project) => !found.has(project));
  if (missing === undefined) return;
  throw new StageledgerError("SETTING_INVALID", `No issue belongs to project "${missing}".`, {
    next: `The log has: ${[...found].sort().slice(0, 20).join(", ")}.`,
  });
}

function refuseTooEarly(asOf: number, firstCreatedAt: number): void {
  if (asOf >= firstCreatedAt) return;
  throw new StageledgerError("SETTING_INVALID", "No issue was created by the instant that --as-of names.", {
    next: `The first one was created at ${new Date(firstCreatedAt).toISOString()}.`,
  });
}
