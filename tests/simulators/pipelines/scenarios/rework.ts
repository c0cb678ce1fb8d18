import { EXPEDITED, type Scenario } from "./scenario.ts";

/** Work that comes back loads a stage beyond what it can do. */
export const reworkScenarios: readonly Scenario[] = [
  {
    name: "rework-into-build",
    family: "rework",
    story: "Test sends a third back to Build, which would have managed without.",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 3, workHours: 12.5, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 3, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 5, cv: 0.7, rework: { probability: 0.33, to: "Build" } },
      ],
    },
  },
  {
    name: "rework-through-review",
    family: "rework",
    story: "Review sends 30 % back and sees it all again.",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 5, workHours: 10, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 8.6, cv: 0.8, rework: { probability: 0.3, to: "Build" } },
        { name: "Test", servers: 2, workHours: 4, cv: 0.7 },
      ],
    },
  },
];
