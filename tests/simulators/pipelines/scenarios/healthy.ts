import { EXPEDITED, type Scenario } from "./scenario.ts";

/** Nothing would be gained by another pair of hands anywhere. */
export const healthyScenarios: readonly Scenario[] = [
  {
    name: "under-loaded-even",
    family: "under-loaded",
    story: "Three stages with people to spare and about as much work in each.",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 4, workHours: 8, cv: 0.8 },
        { name: "Review", servers: 4, workHours: 7, cv: 0.8 },
        { name: "Test", servers: 4, workHours: 7, cv: 0.8 },
      ],
    },
  },
  {
    name: "under-loaded-uneven",
    family: "under-loaded",
    story: "Build is the longest part of the work, but half its people are free.",
    line: {
      arrivals: { kind: "poisson", perWeek: 6 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 4, workHours: 14, cv: 0.7 },
        { name: "Review", servers: 3, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 5, cv: 0.7 },
      ],
    },
  },
  {
    name: "under-loaded-long-line",
    family: "under-loaded",
    story: "Five short stages, all with room.",
    line: {
      arrivals: { kind: "poisson", perWeek: 9 },
      expedited: EXPEDITED,
      stages: [
        { name: "Design", servers: 3, workHours: 4, cv: 0.7 },
        { name: "Build", servers: 5, workHours: 8, cv: 0.7 },
        { name: "Review", servers: 3, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 4, workHours: 6, cv: 0.7 },
        { name: "Release", servers: 2, workHours: 1, cv: 0.5 },
      ],
    },
  },
  {
    name: "batch-late-closing",
    family: "batch-only",
    story: "Work is over when it is over; the cards are moved to Done every second Friday.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      closingEveryHours: 80,
      stages: [
        { name: "Build", servers: 4, workHours: 8, cv: 0.7 },
        { name: "Review", servers: 3, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 5, cv: 0.7 },
      ],
    },
  },
  {
    name: "batch-monthly-closing",
    family: "batch-only",
    story: "A small line whose cards are closed every fourth Friday.",
    line: {
      arrivals: { kind: "poisson", perWeek: 6 },
      expedited: EXPEDITED,
      closingEveryHours: 160,
      stages: [
        { name: "Build", servers: 4, workHours: 9, cv: 0.7 },
        { name: "Test", servers: 3, workHours: 6, cv: 0.7 },
      ],
    },
  },
  {
    name: "dead-pile-dumped",
    family: "dead-pile",
    story: "A quarter ago fourteen items were put into Review and forgotten; new ones pass them by.",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 4, workHours: 8, cv: 0.7 },
        { name: "Review", servers: 3, workHours: 4, cv: 0.8, dumped: { week: 12, count: 14 } },
        { name: "Test", servers: 3, workHours: 5, cv: 0.7 },
      ],
    },
  },
  {
    name: "dead-pile-trickle",
    family: "dead-pile",
    story: "One item in twelve is left lying in Test for good.",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 4, workHours: 8, cv: 0.7 },
        { name: "Review", servers: 3, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 5, cv: 0.7, abandoned: 0.08 },
      ],
    },
  },
];
