import { EXPEDITED, type Scenario } from "./scenario.ts";

/** Columns have limits and the backlog never runs dry: work stands at its limit up to the constraint and flows after it. */
export const pullSystemScenarios: readonly Scenario[] = [
  {
    name: "pull-build",
    family: "pull-system",
    story: "Build is the constraint of a line with limits.",
    line: {
      arrivals: { kind: "endless" },
      expedited: EXPEDITED,
      pullLagHours: 3,
      stages: [
        { name: "Build", servers: 3, workHours: 16, cv: 0.7, limit: 6 },
        { name: "Review", servers: 2, workHours: 5, cv: 0.8, limit: 5 },
        { name: "Test", servers: 2, workHours: 6, cv: 0.7, limit: 5 },
      ],
    },
  },
  {
    name: "pull-review",
    family: "pull-system",
    story: "Build and Review stand at their limits, which urgent items ignore; Review lets little through.",
    line: {
      arrivals: { kind: "endless" },
      expedited: EXPEDITED,
      expeditedPassLimits: true,
      pullLagHours: 3,
      stages: [
        { name: "Build", servers: 4, workHours: 12, cv: 0.7, limit: 8 },
        { name: "Review", servers: 2, workHours: 10, cv: 0.8, limit: 5 },
        { name: "Test", servers: 2, workHours: 5, cv: 0.7, limit: 5 },
      ],
    },
  },
  {
    name: "pull-test",
    family: "pull-system",
    story: "Everything is at its limit up to Test, the last but one stage.",
    line: {
      arrivals: { kind: "endless" },
      expedited: EXPEDITED,
      pullLagHours: 3,
      stages: [
        { name: "Build", servers: 4, workHours: 12, cv: 0.7, limit: 7 },
        { name: "Review", servers: 2, workHours: 5, cv: 0.8, limit: 5 },
        { name: "Test", servers: 2, workHours: 11, cv: 0.7, limit: 5 },
        { name: "Release", servers: 2, workHours: 2, cv: 0.5, limit: 5 },
      ],
    },
  },
  {
    name: "pull-wide-build",
    family: "pull-system",
    story: "Build has the most items by limit; the constraint is the small Test column.",
    line: {
      arrivals: { kind: "endless" },
      expedited: EXPEDITED,
      pullLagHours: 3,
      stages: [
        { name: "Build", servers: 6, workHours: 14, cv: 0.7, limit: 12 },
        { name: "Review", servers: 3, workHours: 5, cv: 0.8, limit: 5 },
        { name: "Test", servers: 2, workHours: 8, cv: 0.7, limit: 4 },
      ],
    },
  },
];
