/** Whether a set of contributions may be shown as one sum: enough people, and no one whose share can be guessed. */
import { StageledgerError } from "../errors.ts";
import type { MergedHuman } from "./merged-humans.ts";

/** Fewer people than this are never shown together, whatever a tenant sets. */
const FEWEST_PEOPLE = 5;
/** Who contributed less does not hide anybody. */
const COUNTED_FROM_MINUTES = 30;
const LOWEST_P = 15;
const HIGHEST_P = 25;

export interface SafetySettingsInput {
  /** Least number of people behind a published number; 5 unless raised. */
  readonly k?: number;
  /** Per cent of the largest contribution that all but the three largest must reach together; from 15 to 25, drawn per tenant. */
  readonly p: number;
  /** Publish numbers that rest on known contributions alone without testing them; false unless set. */
  readonly waivesAllNative?: boolean;
}

/** A tenant's settings, checked. `p` is a secret of the tenant: it can be applied, and neither read nor serialised. */
export class SafetySettings {
  readonly k: number;
  readonly waivesAllNative: boolean;
  readonly #p: number;

  /** @throws StageledgerError DISCLOSURE_UNSAFE_SETTING */
  constructor({ k = FEWEST_PEOPLE, p, waivesAllNative = false }: SafetySettingsInput) {
    if (!(Number.isSafeInteger(k) && k >= FEWEST_PEOPLE)) {
      throw new StageledgerError(
        "DISCLOSURE_UNSAFE_SETTING",
        `A number needs at least ${FEWEST_PEOPLE} people behind it, the setting says ${k}.`,
        { next: `Set a whole number from ${FEWEST_PEOPLE} on.` },
      );
    }
    if (!(p >= LOWEST_P && p <= HIGHEST_P)) {
      throw new StageledgerError("DISCLOSURE_UNSAFE_SETTING", "The share p is outside its range.", {
        next: `Draw it again, from ${LOWEST_P} to ${HIGHEST_P} per cent.`,
      });
    }
    this.k = k;
    this.waivesAllNative = waivesAllNative;
    this.#p = p;
  }

  /** Whether `restMinutes` are p % of `largestMinutes` or more: nobody can take the rest away and come close. */
  hides(largestMinutes: number, restMinutes: number): boolean {
    return 100 * restMinutes >= this.#p * largestMinutes;
  }
}

/** The safety test. The three largest may be two who pool what they know, and the one that they look for. */
export function safe(humans: readonly MergedHuman[], settings: SafetySettings): boolean {
  const sorted = humans.map(({ minutes }) => minutes).sort((a, b) => b - a);
  const restMinutes = sorted.slice(3).reduce((sum, minutes) => sum + minutes, 0);
  return countedHumans(humans) >= settings.k && settings.hides(sorted[0] ?? 0, restMinutes);
}

/** People who count: a part of 30 minutes or more, so that two small accounts do not make up a person. */
export function countedHumans(humans: readonly MergedHuman[]): number {
  return humans.filter(({ largestPartMinutes }) => largestPartMinutes >= COUNTED_FROM_MINUTES).length;
}
