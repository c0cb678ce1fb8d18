import { EXPEDITED, type Scenario } from "./scenario.ts";

/** The constraint stands early and what follows is idle most of the time. */
export const starvedDownstreamScenarios: readonly Scenario[] = [
  {
    name: "starved-by-build",
    family: "starved-downstream",
    story: "Two builders keep three testers and a release crew waiting.",
    line: {
      arrivals: { kind: "poisson", perWeek: 6 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 2, workHours: 14.5, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 4, cv: 0.7 },
        { name: "Release", servers: 2, workHours: 1, cv: 0.5 },
      ],
    },
  },
  {
    name: "starved-by-design",
    family: "starved-downstream",
    story: "One designer feeds a line of four stages with room to spare.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      stages: [
        { name: "Design", servers: 1, workHours: 5.4, cv: 0.7 },
        { name: "Build", servers: 5, workHours: 8, cv: 0.7 },
        { name: "Review", servers: 3, workHours: 3, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 4, cv: 0.7 },
      ],
    },
  },
];
