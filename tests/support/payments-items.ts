/** Items of a made-up project, placed on its days by small formulas: enough to draw every chart from. */

/** Days count from the first day of the charts' window; negative ones lie before it. */
export interface PaymentsItem {
  readonly key: string;
  readonly created: number;
  /** First day in Build, Review, Test and Done; Infinity = not yet. Equal days = the stage was skipped. */
  readonly entered: readonly [number, number, number, number];
  /** Days in Review again after Test, from its first day on there; null = never went back. */
  readonly back: { readonly from: number; readonly to: number } | null;
  readonly reopened: boolean;
}

export const DAY_COUNT = 182;

const ITEMS = 236;
const ITEMS_A_WORKDAY = 1.36;
const WORKDAYS_BEFORE = 30;

/** Work starts on weekdays, 6.8 items a week; Review takes longest and grows slower from the middle on. */
export function paymentsItems(): readonly PaymentsItem[] {
  return Array.from({ length: ITEMS }, (_, i): PaymentsItem => {
    const workday = Math.floor(i / ITEMS_A_WORKDAY) - WORKDAYS_BEFORE;
    const build = Math.floor(workday / 5) * 7 + (((workday % 5) + 5) % 5);
    const review = build + 1 + ((i * 7) % 5);
    const isSlow = i % 23 === 11;
    const reviewDays = 1 + ((i * i * 3) % 11) + (i > 170 ? 6 : 0) + (isSlow ? 15 : 0);
    const test = review + reviewDays;
    const back = i % 17 === 5 ? { from: test + 1, to: test + 4 } : null;
    const done = (back === null ? test : back.to) + (i % 29 === 7 ? 0 : 1 + (i % 2));
    return {
      key: `PAY-${101 + i}`,
      created: build - 3 - ((i * 5) % 20),
      entered: [known(build), known(review), known(test), known(done)],
      back,
      reopened: i % 19 === 4,
    };
  });
}

/** What lies after the last day has not happened. */
function known(day: number): number {
  return day < DAY_COUNT ? day : Number.POSITIVE_INFINITY;
}
