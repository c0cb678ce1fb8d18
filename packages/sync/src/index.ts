/** What the sides of all sources share: the queue, the work on what rang, stages that somebody wants otherwise, a server. */
export { agoText } from "./ago-text.ts";
export { answerDueBells, type BellSurroundings } from "./bells/answer-bells.ts";
export type { BellErrand, BellSource } from "./bells/bell-source.ts";
export { hardenedServer, type ServerLimits } from "./http/hardened-server.ts";
export { Line } from "./limits/line.ts";
export { openRedisScripts, type RedisScripts } from "./limits/redis-scripts.ts";
export type { Log } from "./log.ts";
export { type Pacing, realPacing } from "./pacing.ts";
export type { DoJob, Job, JobLister, JobQueue } from "./queue/job.ts";
export { listJobs } from "./queue/list-jobs.ts";
export { openQueue } from "./queue/open-queue.ts";
export { type KnownStages, knownStagesIn, loadKnownStages, nextStageMap } from "./stages/settle-stages.ts";
export { isSameMap, onlyAdds, stageMapStart } from "./stages/stage-map-start.ts";
export type { StageProposal } from "./stages/stage-proposal.ts";
