import { expect, it } from "vitest";
import { realPacing } from "../../../packages/sync/src/pacing.ts";
import { ListingTimer } from "../../../packages/sync/src/queue/listing-timer.ts";
import { QUEUE_DEFAULTS } from "../../../packages/sync/src/queue/queue-options.ts";
import { until } from "../../support/until.ts";
import { Gate } from "./job-recorder.ts";

it("lists once more when that is wanted while it lists, and then waits for its timer", async () => {
  const gates = [new Gate(), new Gate(), new Gate()];
  let listings = 0;
  const timer = new ListingTimer(
    {
      ...QUEUE_DEFAULTS,
      pacing: realPacing,
      log: () => undefined,
      listJobs: async () => {
        listings += 1;
        await gates[listings - 1]?.passed;
        return [];
      },
    },
    async () => undefined,
  );
  timer.start();
  timer.listNow();
  gates[0]?.open();
  await until(() => listings === 2, "the second listing");
  gates[1]?.open();
  await new Promise((resolve) => setImmediate(resolve));
  expect(listings).toBe(2);
  await timer.stop();
  expect(listings).toBe(2);
});
