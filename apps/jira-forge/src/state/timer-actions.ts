import { ROUTES } from "@stageledger/core/contract/routes";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import type { Failure } from "../ledger/failure.ts";
import { mirroring } from "../mirror/mirror-state.ts";
import { eventOf, failed, type PanelDesk } from "./panel-desk.ts";
import type { PanelEvent } from "./panel-reducer.ts";
import type { ReadyPanel } from "./panel-state.ts";
import { stopDraft } from "./stop-draft.ts";

const TIMER_GONE: Failure = { code: "TIMER_UNKNOWN", isCertain: true };

/** What a person does with their timer, which runs in the ledger. */
export function timerActions(desk: PanelDesk) {
  const { ledger, params } = desk;

  /** Where another timer runs, the ledger asks, and so does the panel. */
  async function start(replace: boolean, state: ReadyPanel): Promise<PanelEvent> {
    const outcome = await ledger.call(ROUTES.startTimer, { params, body: { replace } });
    if (!outcome.isDone && outcome.failure.code === "TIMER_RUNNING") return openStop(true, state);
    return eventOf(outcome, ({ now, timer, replaced }) => ({
      type: "timer-told",
      timer: { now, timer },
      ...(replaced === null ? {} : { letGo: replaced }),
    }));
  }

  /** Counts first, so that what is proposed is what there is. */
  async function openStop(startsHere: boolean, { today }: ReadyPanel): Promise<PanelEvent> {
    const outcome = await ledger.call(ROUTES.getTimer);
    if (!outcome.isDone) return failed(outcome.failure);
    const { timer } = outcome.answer;
    if (timer === null) return failed(TIMER_GONE);
    const open = { kind: "stop", timer, startsHere, draft: stopDraft(timer, today) } as const;
    return { type: "stop-opened", timer: outcome.answer, open };
  }

  return {
    startTimer: () => desk.work("start", (state) => start(false, state)),
    startInstead: () => desk.work("start-instead", (state) => start(true, state)),
    openStop: () => desk.work("open-stop", (state) => openStop(false, state)),

    pauseTimer: () =>
      desk.work("pause", async () =>
        eventOf(await ledger.call(ROUTES.pauseTimer), (timer) => ({ type: "timer-told", timer })),
      ),

    countAgain: () =>
      desk.work("look", async () =>
        eventOf(await ledger.call(ROUTES.getTimer), (timer) => ({ type: "timer-told", timer })),
      ),

    logTimer: (minutes?: number) =>
      desk.submit("stop", minutes, async (time, state) => {
        const { open, timer, mirror } = state;
        if (open?.kind !== "stop") return { type: "opened", open };
        const { itemId, startedAt } = open.timer;
        const outcome = await ledger.call(ROUTES.logTimer, {
          body: { of: { itemId, startedAt }, ...time, ...mirroring(mirror) },
        });
        if (!outcome.isDone) return failed(outcome.failure);
        const logged = {
          type: "timer-logged",
          entry: outcome.answer,
          timer: { now: timer.now, timer: null },
        } as const;
        if (!open.startsHere) return logged;
        desk.tell(logged);
        return start(false, state);
      }),

    letTimerGo: (letGo: TimerAnswer) =>
      desk.work("let-go", async () =>
        eventOf(await ledger.call(ROUTES.discardTimer), (timer) => ({ type: "timer-told", timer, letGo })),
      ),
  };
}
