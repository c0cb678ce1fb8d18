/** Progress of long work: a bar with rate and time left on a terminal, plain lines elsewhere. */

import { count } from "@stageledger/core/contract/figure-text";
import cliProgress, { MultiBar, type Options, type Params, Presets, type SingleBar } from "cli-progress";

type ProgressUnit = "bytes" | "issues" | "tasks" | "entries" | "rows";

/** One piece of work under way. */
interface Work {
  /** A total that became known on the way. */
  expect(total: number | undefined): void;
  end(): void;
}

export interface Progress {
  /** `done` is asked a few times a second. */
  begin(title: string, total: number | undefined, unit: ProgressUnit, done: () => number): Work;
  /** A line that should be seen, such as a wait. */
  note(text: string): void;
}

const REFRESH_MILLISECONDS = 200;
const PLAIN_EVERY_MILLISECONDS = 5000;

interface Stream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** `now` in milliseconds, monotonic. */
export function progressOn(stream: Stream, now: () => number): Progress {
  return stream.isTTY === true ? barOn(stream, now) : linesOn(stream, now);
}

function barOn(stream: Stream, now: () => number): Progress {
  let shown: MultiBar | undefined;
  return {
    begin(title, total, unit, done) {
      const startedAt = now();
      const rate = (): string => amount((done() * 1000) / Math.max(1000, now() - startedAt), unit);
      const line = (options: Options, params: Params): string => {
        const soFar = `${title} ${amount(done(), unit)}, ${rate()}/s`;
        // How much a pipe will bring nobody knows: a bar would be a guess.
        if (params.total === 0) return soFar;
        const left = cliProgress.Format.TimeFormat(params.eta, options, 5);
        return `${cliProgress.Format.BarFormat(params.progress, options)} ${Math.floor(params.progress * 100)} % · ${left} left · ${soFar}`;
      };
      const bars = new MultiBar(
        { stream, format: line, hideCursor: true, clearOnComplete: true, etaBuffer: 20, fps: 5, barsize: 20 },
        Presets.shades_classic,
      );
      const bar: SingleBar = bars.create(total ?? 0, 0);
      const update = (): void => bar.update(done());
      const timer = setInterval(update, REFRESH_MILLISECONDS);
      timer.unref();
      shown = bars;
      return {
        expect: (known) => bar.setTotal(known ?? 0),
        end: () => {
          clearInterval(timer);
          update();
          bars.stop();
          shown = undefined;
        },
      };
    },
    // While a bar is drawn it has to make room for the line.
    note: (text) => {
      if (shown === undefined) stream.write(`${text}\n`);
      else shown.log(`${text}\n`);
    },
  };
}

function linesOn(stream: Stream, now: () => number): Progress {
  return {
    begin(title, total, unit, done) {
      const startedAt = now();
      let expected = total;
      const line = (): void => {
        const seconds = Math.max(1, Math.round((now() - startedAt) / 1000));
        const of =
          expected === undefined || expected === 0
            ? ""
            : ` of ${amount(expected, unit)} (${Math.round((done() / expected) * 100)} %)`;
        stream.write(`${title}: ${amount(done(), unit)}${of}, ${amount(done() / seconds, unit)}/s\n`);
      };
      const timer = setInterval(line, PLAIN_EVERY_MILLISECONDS);
      timer.unref();
      return {
        expect: (known) => {
          expected = known;
        },
        end: () => clearInterval(timer),
      };
    },
    note: (text) => void stream.write(`${text}\n`),
  };
}

function amount(value: number, unit: ProgressUnit): string {
  if (unit !== "bytes") return `${count(value)} ${unit}`;
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} GB`;
  return value >= 1e6 ? `${(value / 1e6).toFixed(1)} MB` : `${Math.ceil(value / 1e3)} kB`;
}
