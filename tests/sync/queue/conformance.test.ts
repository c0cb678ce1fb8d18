import { expect, it } from "vitest";
import { StageledgerError } from "../../../packages/core/src/errors.ts";
import { until } from "../../support/until.ts";
import { aJob, Gate, JobRecorder } from "./job-recorder.ts";
import { onBothQueues } from "./queue-subjects.ts";

const AN_HOUR = 60 * 60_000;

onBothQueues((houseOf) => {
  it("does a job once that is asked for once", async (context) => {
    const queue = await houseOf(context).open();
    const recorder = new JobRecorder();
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 1);
    queue.ask(aJob("last"));
    await recorder.untilRuns("last", 1);
    expect(recorder.order).toBe("a last");
  });

  it("hands the job over as it was asked for", async (context) => {
    const queue = await houseOf(context).open();
    const asked = aJob("a:b.c", "reconcile");
    let given: unknown;
    queue.work(
      async (job) => {
        given = job;
        return undefined;
      },
      { atOnce: 1 },
    );
    queue.ask(asked);
    await until(() => given !== undefined, "the job");
    expect(given).toEqual(asked);
  });

  it("does a job once that is asked for a hundred times while it waits", async (context) => {
    const gate = new Gate();
    const queue = await houseOf(context).open();
    const recorder = new JobRecorder({ busy: () => gate.passed.then(() => undefined) });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("busy"));
    await recorder.untilRuns("busy", 1);
    for (let count = 0; count < 100; count += 1) queue.ask(aJob("a"));
    gate.open();
    await recorder.untilRuns("a", 1);
    queue.ask(aJob("last"));
    await recorder.untilRuns("last", 1);
    expect(recorder.order).toBe("busy a last");
  });

  it("does a job exactly once more that is asked for while it runs, however often", async (context) => {
    const gate = new Gate();
    const queue = await houseOf(context).open();
    const recorder = new JobRecorder({
      a: (run) => (run === 1 ? gate.passed.then(() => undefined) : undefined),
    });
    queue.work(recorder.doJob, { atOnce: 2 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 1);
    for (let count = 0; count < 20; count += 1) queue.ask(aJob("a"));
    queue.ask(aJob("probe"));
    await recorder.untilRuns("probe", 1);
    gate.open();
    await recorder.untilRuns("a", 2);
    queue.ask(aJob("last"));
    await recorder.untilRuns("last", 1);
    expect(recorder.order).toBe("a probe a last");
  });

  it("loses no ask, at whatever instant of a run it comes", async (context) => {
    const queue = await houseOf(context).open();
    // What was asked for until now, and how far the runs have looked.
    let asked = 0;
    let seen = 0;
    queue.work(
      async () => {
        seen = asked;
        return undefined;
      },
      { atOnce: 3 },
    );
    for (let count = 1; count <= 300; count += 1) {
      asked = count;
      queue.ask(aJob("a"));
      await until(() => seen === count, `a run after ask ${count}`);
      // Not at the same instant after each run.
      for (let turn = 0; turn < count % 7; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen).toBe(300);
  });

  it("does a job again at once whose answer lies in the past, in turn with the others", async (context) => {
    const queue = await houseOf(context).open();
    const others = ["b", "c", "d"];
    const recorder = new JobRecorder({
      // More always waits for it.
      a: () => 0,
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 3);
    for (const other of others) queue.ask(aJob(other));
    for (const other of others) await recorder.untilRuns(other, 1);
    await recorder.untilRuns("a", recorder.countOf("a") + 1);
    expect(recorder.order).toMatch(/^a a a /);
  });

  it("does a job again at the instant of its answer, not before", async (context) => {
    const queue = await houseOf(context).open();
    let instant = 0;
    const recorder = new JobRecorder({
      a: (run) => {
        if (run === 2) return undefined;
        instant = Date.now() + 250;
        return instant;
      },
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 2);
    const late = (recorder.startsOf("a")[1] ?? 0) - instant;
    // Redis counts the milliseconds by a clock of its own.
    expect(late).toBeGreaterThanOrEqual(-5);
    expect(late).toBeLessThan(5000);
  });

  it("does a job sooner than it said when somebody asks", async (context) => {
    const queue = await houseOf(context).open();
    const recorder = new JobRecorder({ a: (run) => (run === 1 ? Date.now() + AN_HOUR : undefined) });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 1);
    queue.ask(aJob("b"));
    await recorder.untilRuns("b", 1);
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 2);
    expect(recorder.order).toBe("a b a");
  });

  it("does a job again that threw, after a rest that asking does not shorten, and goes on with the others", async (context) => {
    const house = houseOf(context);
    const queue = await house.open({ firstRetryMilliseconds: 1500 });
    const recorder = new JobRecorder({
      a: (run) => {
        if (run === 1) throw new StageledgerError("ASANA_UNREACHABLE", "Nobody Inparticular is not there");
        return undefined;
      },
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 1);
    await until(() => house.events.length > 0, "the failure's event");
    queue.ask(aJob("b"));
    await recorder.untilRuns("b", 1);
    queue.ask(aJob("a"));
    queue.ask(aJob("c"));
    await recorder.untilRuns("a", 2);
    expect(recorder.order).toBe("a b c a");
    const [first = 0, second = 0] = recorder.startsOf("a");
    // 1500 ms and up to 30 % less, 1050 ms.
    expect(second - first).toBeGreaterThanOrEqual(1045);
    expect(house.events).toEqual([
      { event: "job failed", job: aJob("a"), code: "ASANA_UNREACHABLE", failuresInARow: 1 },
    ]);
  });

  it("counts the failures in a row, and anew after a success", async (context) => {
    const house = houseOf(context);
    const queue = await house.open();
    const recorder = new JobRecorder({
      a: (run) => {
        if (run === 3) return 0;
        if (run === 5) return undefined;
        throw new Error("broken");
      },
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 5);
    const counts = house.events.map((event) => (event.event === "job failed" ? event.failuresInARow : event.event));
    expect(counts).toEqual([1, 2, 1]);
  });

  it("does as many jobs at once as said, and no more", async (context) => {
    const gate = new Gate();
    const queue = await houseOf(context).open();
    const names = ["a", "b", "c", "d", "e"];
    const recorder = new JobRecorder(
      Object.fromEntries(names.map((name) => [name, () => gate.passed.then(() => undefined)])),
    );
    queue.work(recorder.doJob, { atOnce: 2 });
    for (const name of names) queue.ask(aJob(name));
    await until(() => recorder.runs.length === 2, "two running jobs");
    gate.open();
    await until(() => recorder.runs.length === 5, "all five jobs");
    expect(recorder.mostAtOnce).toBe(2);
  });

  it("does no more at once when a job begins by asking for the next", async (context) => {
    const queue = await houseOf(context).open();
    const recorder = new JobRecorder({
      a: () => {
        queue.ask(aJob("b"));
        return undefined;
      },
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("b", 1);
    expect(recorder.mostAtOnce).toBe(1);
  });

  it("keeps kinds and tenants of one connection apart", async (context) => {
    const queue = await houseOf(context).open();
    const recorder = new JobRecorder();
    queue.ask(aJob("a", "answer"));
    queue.ask(aJob("a", "reconcile"));
    queue.ask(aJob("a", "keep"));
    queue.ask({ ...aJob("a"), tenantId: "0b7f4f0e-58a5-4c63-8a4a-1f0e6f0f2d11" });
    queue.work(recorder.doJob, { atOnce: 1 });
    await recorder.untilRuns("a", 4);
    queue.ask(aJob("last"));
    await recorder.untilRuns("last", 1);
    expect(recorder.order).toBe("a a a a last");
  });

  it("does what is listed without any ask, at once and then on its timer", async (context) => {
    const due = [aJob("a")];
    const queue = await houseOf(context).open({ listJobs: async () => due.splice(0), listEveryMilliseconds: 100 });
    const recorder = new JobRecorder();
    queue.work(recorder.doJob, { atOnce: 1 });
    await recorder.untilRuns("a", 1);
    due.push(aJob("b"));
    await recorder.untilRuns("b", 1);
    expect(recorder.order).toBe("a b");
  });

  it("lists again after a listing that failed", async (context) => {
    const house = houseOf(context);
    let listings = 0;
    const listJobs = async () => {
      listings += 1;
      if (listings === 1) throw new StageledgerError("DATABASE_UNREACHABLE", "postgres://somebody:secret@host");
      return listings === 2 ? [aJob("a")] : [];
    };
    const queue = await house.open({ listJobs, listEveryMilliseconds: 20 });
    const recorder = new JobRecorder();
    queue.work(recorder.doJob, { atOnce: 1 });
    await recorder.untilRuns("a", 1);
    expect(house.events).toEqual([{ event: "listing failed", code: "DATABASE_UNREACHABLE" }]);
  });

  it("does not do a job again because it was still listed while it ran", async (context) => {
    const gate = new Gate();
    let isDue = true;
    let listings = 0;
    const listJobs = async () => {
      listings += 1;
      return isDue ? [aJob("a")] : [];
    };
    const queue = await houseOf(context).open({ listJobs, listEveryMilliseconds: 20 });
    const recorder = new JobRecorder({
      a: async () => {
        await gate.passed;
        return undefined;
      },
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    await recorder.untilRuns("a", 1);
    await until(() => listings >= 4, "listings during the run");
    isDue = false;
    const listingsSoFar = listings;
    await until(() => listings >= listingsSoFar + 2, "a listing without the job");
    gate.open();
    queue.ask(aJob("last"));
    await recorder.untilRuns("last", 1);
    expect(recorder.order).toBe("a last");
  });

  it("lets what runs end when it closes, and begins nothing more", async (context) => {
    const gate = new Gate();
    const queue = await houseOf(context).open();
    let wasAborted: boolean | undefined;
    const recorder = new JobRecorder({
      a: async (_run, signal) => {
        await gate.passed;
        wasAborted = signal.aborted;
        return 0;
      },
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 1);
    queue.ask(aJob("b"));
    let isClosed = false;
    const closed = queue.close(20_000).then(() => {
      isClosed = true;
    });
    queue.ask(aJob("c"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isClosed).toBe(false);
    gate.open();
    await closed;
    expect(wasAborted).toBe(false);
    expect(recorder.order).toBe("a");
  });

  it("tells what still runs after the patience to end, which is no failure of the job", async (context) => {
    const house = houseOf(context);
    const queue = await house.open();
    const recorder = new JobRecorder({
      a: (_run, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new Error("told to end")));
        }),
    });
    queue.work(recorder.doJob, { atOnce: 1 });
    queue.ask(aJob("a"));
    await recorder.untilRuns("a", 1);
    await queue.close(30);
    expect(house.events).toEqual([]);
  });

  it("closes without ever having worked", async (context) => {
    const queue = await houseOf(context).open();
    queue.ask(aJob("a"));
    await expect(queue.close(1000)).resolves.toBeUndefined();
  });
});
