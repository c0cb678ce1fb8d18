/** What is to be done for one connection. A job carries no truth: it says where to look. */
export interface Job {
  /** answer: read the truth behind the bells that wait. reconcile: compare source and ledger. keep: look after webhooks. */
  readonly kind: "answer" | "reconcile" | "keep";
  readonly tenantId: string;
  readonly connectionId: string;
}

/**
 * Does a job, and says when it wants to be done again: an instant that is past means at once (more is waiting than one go
 * takes), undefined means not before somebody asks. Done twice at the same time it does no harm.
 */
export type DoJob = (job: Job, signal: AbortSignal) => Promise<number | undefined>;

/**
 * Schedules jobs and remembers nothing that matters. Whatever it forgets (a lost ring, an emptied or restarted Redis, a
 * killed worker) is asked for anew by {@link JobLister}, which reads it from the database, on a local timer.
 */
export interface JobQueue {
  /** Asks for a job soon. While it waits this changes nothing; while it runs it makes it run once more. Never throws. */
  ask(job: Job): void;
  /** Begins to do jobs in this process, as many at once as said. */
  work(doJob: DoJob, options: { readonly atOnce: number }): void;
  /** Lets running jobs end (their signal aborts after the patience), takes no new ones. */
  close(patienceMilliseconds: number): Promise<void>;
}

/** All jobs that are due by the database now. */
export type JobLister = () => Promise<readonly Job[]>;
