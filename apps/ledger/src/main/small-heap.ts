/**
 * Keeps the young generation from growing beyond what pays. An analysis makes hundreds of short-lived
 * objects an issue; V8 answers by giving it ever more room, which they do not need. Measured at
 * 500,000 issues: peak memory 225 MB instead of 345 MB. Stopped at its very beginning it would cost
 * a tenth of the speed, so it may grow to a few megabytes first; at eight the memory is over its limit.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

const ENOUGH_BYTES = 4 << 20;
const LOOK_EVERY_MILLISECONDS = 10;

/** Returns what ends the watch. */
export function keepHeapSmall(): () => void {
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    if (young === undefined || young.space_size < ENOUGH_BYTES) return;
    setFlagsFromString("--semi-space-growth-factor=1");
    clearInterval(timer);
  }, LOOK_EVERY_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}
