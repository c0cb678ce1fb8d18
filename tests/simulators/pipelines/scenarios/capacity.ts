import { EXPEDITED, type Scenario } from "./scenario.ts";

/** One stage has too few people for what comes, at each place of the line. */
export const capacityScenarios: readonly Scenario[] = [
  {
    name: "capacity-first",
    family: "capacity",
    story: "Build takes in a little more than its three people can do; behind it there is room.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 3, workHours: 16, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 2, workHours: 5, cv: 0.7 },
      ],
    },
  },
  {
    name: "capacity-middle",
    family: "capacity",
    story: "Two people review what five build.",
    line: {
      arrivals: { kind: "poisson", perWeek: 9 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 5, workHours: 12, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 9.5, cv: 0.8 },
        { name: "Test", servers: 2, workHours: 4, cv: 0.7 },
      ],
    },
  },
  {
    name: "capacity-last",
    family: "capacity",
    story: "One tester for four builders, at the end of a line of four stages.",
    line: {
      arrivals: { kind: "poisson", perWeek: 10 },
      expedited: EXPEDITED,
      stages: [
        { name: "Design", servers: 2, workHours: 4, cv: 0.7 },
        { name: "Build", servers: 4, workHours: 10, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 3, cv: 0.8 },
        { name: "Test", servers: 1, workHours: 4.3, cv: 0.7 },
      ],
    },
  },
  {
    name: "capacity-expert",
    family: "capacity",
    story: "Everything passes one expert, whose cases differ widely.",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 3, workHours: 9, cv: 0.7 },
        { name: "Sign-off", servers: 1, workHours: 6.1, cv: 1.4 },
        { name: "Test", servers: 2, workHours: 5, cv: 0.7 },
      ],
    },
  },
];
