import { EXPEDITED, type Scenario } from "./scenario.ts";

/** A pile has grown in front of a stage and does not melt. */
export const pileScenarios: readonly Scenario[] = [
  {
    name: "pile-over-arrival",
    family: "pile",
    story: "A quarter more comes to Review than it can do.",
    line: {
      arrivals: { kind: "poisson", perWeek: 10 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 5, workHours: 10, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 10, cv: 0.8 },
        { name: "Test", servers: 2, workHours: 4, cv: 0.7 },
      ],
    },
  },
  {
    name: "pile-lost-tester",
    family: "pile",
    story: "Twelve weeks ago one of two testers left.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 4, workHours: 11, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 2, workHours: 5.8, cv: 0.7, serversFrom: [{ week: 14, servers: 1 }] },
      ],
    },
  },
];
