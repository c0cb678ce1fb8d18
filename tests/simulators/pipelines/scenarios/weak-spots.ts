import { EXPEDITED, type Scenario } from "./scenario.ts";

/** Where the rules are known to see little (B7): reported, not tuned. */
export const weakSpotScenarios: readonly Scenario[] = [
  {
    name: "over-arrival-everywhere",
    family: "weak-spot",
    story: "A third more comes than any stage can do; the first drowns, and behind it the others are as short.",
    line: {
      arrivals: { kind: "poisson", perWeek: 10 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 3, workHours: 15.5, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 10, cv: 0.8 },
        { name: "Test", servers: 2, workHours: 10, cv: 0.7 },
      ],
    },
  },
  {
    name: "two-near-equal",
    family: "weak-spot",
    story: "Build and Test are short by about as much.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 3, workHours: 15, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 2, workHours: 10, cv: 0.7 },
      ],
    },
  },
  {
    name: "mild",
    family: "weak-spot",
    story: "Review is busy seven hours of eight: queues come and go.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 5, workHours: 14, cv: 0.7 },
        { name: "Review", servers: 2, workHours: 8.8, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 8, cv: 0.7 },
      ],
    },
  },
  {
    name: "moving",
    family: "weak-spot",
    story: "Half-way through the window a builder returns and a tester leaves.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 3, workHours: 16, cv: 0.7, serversFrom: [{ week: 22, servers: 5 }] },
        { name: "Review", servers: 2, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 2, workHours: 6.5, cv: 0.7, serversFrom: [{ week: 22, servers: 1 }] },
      ],
    },
  },
  {
    name: "release-window",
    family: "weak-spot",
    story: "What is ready waits for the release train every second week.",
    line: {
      arrivals: { kind: "poisson", perWeek: 8 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 5, workHours: 9, cv: 0.7 },
        { name: "Test", servers: 3, workHours: 5, cv: 0.7 },
        { name: "Release", servers: 1, workHours: 1, cv: 0.5, window: { everyHours: 80 } },
      ],
    },
  },
  {
    name: "blocked-work",
    family: "weak-spot",
    story: "Half of what is being built waits three weeks for another department.",
    line: {
      arrivals: { kind: "poisson", perWeek: 7 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 4, workHours: 9, cv: 0.7, blocked: { probability: 0.5, meanHours: 60, cv: 0.7 } },
        { name: "Review", servers: 3, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 5, cv: 0.7 },
      ],
    },
  },
  {
    name: "few-finishes",
    family: "few-finishes",
    story: "Two people finish an item every other week.",
    line: {
      arrivals: { kind: "poisson", perWeek: 0.55 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 2, workHours: 40, cv: 0.7 },
        { name: "Test", servers: 1, workHours: 16, cv: 0.7 },
      ],
    },
  },
  {
    name: "slow-not-short",
    family: "never-knowable",
    story: "Build takes a fortnight an item and has people to spare: long, but not short of hands.",
    line: {
      arrivals: { kind: "poisson", perWeek: 6 },
      expedited: EXPEDITED,
      stages: [
        { name: "Build", servers: 16, workHours: 60, cv: 0.6 },
        { name: "Review", servers: 3, workHours: 4, cv: 0.8 },
        { name: "Test", servers: 3, workHours: 6, cv: 0.7 },
      ],
    },
  },
];
