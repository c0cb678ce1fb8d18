/**
 * How much of Jira the service may ask for. Jira counts points by the hour, for the app over all its sites: one for a call, one for
 * each object that came back. Of one site it also limits how many calls begin at once.
 */
import { Line, type Pacing } from "@stageledger/sync";
import { rateLimited } from "./jira-error.ts";

/** Whether something that just happened is looked at, or everything in turn. */
export type CallPurpose = "bell" | "sweep";

/** Whose quota Jira says is used up. */
export type Quota = "app" | "site";

export interface JiraLimiter {
  /**
   * Resolves when the call may begin, in the order of asking, and counts the point that it costs. Rejects with the signal's reason
   * when that aborts first.
   *
   * @throws StageledgerError JIRA_RATE_LIMITED when that is more than five minutes away: whoever waits keeps others from working
   */
  turn(signal: AbortSignal): Promise<void>;
  /** Counts the objects that an answer held. */
  charge(objects: number): Promise<void>;
  /** No call of the app, or of the site, before the instant. @param until epoch milliseconds */
  pause(quota: Quota, until: number): Promise<void>;
}

/** The limiters of a process, or of all processes that share a Redis. */
export interface JiraLimiters {
  of(connectionId: string, purpose: CallPurpose): JiraLimiter;
  close(): Promise<void>;
}

export interface LimiterDials {
  /** Of the app in any 60 minutes, however many sites there are. */
  readonly pointsAnHour: Readonly<Record<CallPurpose, number>>;
  /** Of one site. */
  readonly callsASecond: number;
}

/**
 * Jira documents 65,000 points and 100 calls a second. Sweeps stop at nine tenths, so that what rings is answered while one runs. The
 * last twentieth is for people: the questions for their rights go past this limiter, and an answer costs more than was foreseen.
 */
export const JIRA_DIALS: LimiterDials = { pointsAnHour: { bell: 61_750, sweep: 58_500 }, callsASecond: 100 };

/** A pause is never longer, whatever stands in the answer: the quota is one of an hour. */
const LONGEST_PAUSE_MILLISECONDS = 60 * 60_000;

/** Longest wait inside one call. */
export const LONGEST_WAIT_MILLISECONDS = 5 * 60_000;

/** Where it is counted. */
export interface LimitCounts {
  /** 0 when the call may begin, and is counted; else after how many milliseconds to ask again. */
  take(connectionId: string, pointsAnHour: number): Promise<number>;
  charge(points: number): Promise<void>;
  /** Of the app when no connection is named. */
  pause(connectionId: string | undefined, until: number): Promise<void>;
  close(): Promise<void>;
}

/** Calls of one connection stand in line, sweeps in another than bells: these may go on when those may not. */
export function limitersOver(counts: LimitCounts, pacing: Pacing, dials: LimiterDials): JiraLimiters {
  const byName = new Map<string, JiraLimiter>();
  return {
    of: (connectionId, purpose) => {
      const name = `${purpose} ${connectionId}`;
      const known = byName.get(name);
      if (known !== undefined) return known;
      const made = limiterOver(counts, pacing, connectionId, dials.pointsAnHour[purpose]);
      byName.set(name, made);
      return made;
    },
    close: () => counts.close(),
  };
}

function limiterOver(counts: LimitCounts, pacing: Pacing, connectionId: string, pointsAnHour: number): JiraLimiter {
  const line = new Line();
  return {
    turn: (signal) =>
      line.inTurn(signal, async () => {
        for (;;) {
          const waitMilliseconds = await counts.take(connectionId, pointsAnHour);
          signal.throwIfAborted();
          if (waitMilliseconds === 0) return;
          if (waitMilliseconds > LONGEST_WAIT_MILLISECONDS) throw rateLimited(pacing.now() + waitMilliseconds);
          await pacing.sleep(waitMilliseconds, signal);
        }
      }),
    charge: (objects) => counts.charge(objects),
    pause: (quota, until) =>
      counts.pause(
        quota === "app" ? undefined : connectionId,
        Math.min(until, pacing.now() + LONGEST_PAUSE_MILLISECONDS),
      ),
  };
}
