import type { Pacing } from "@stageledger/sync";
import type { SimulatedClock } from "../../../../tests/simulators/asana/simulated-clock.ts";

/** Who waits moves the clock: nobody sits through a simulated minute. */
export function demoPacing(clock: SimulatedClock): Pacing {
  return { now: clock.now, random: () => 0.5, sleep: async (milliseconds) => void clock.advance(milliseconds) };
}
