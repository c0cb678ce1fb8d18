/** Progress of long work: a bar with rate and time left on a terminal, plain lines elsewhere. */
import { MultiBar, Presets, type SingleBar } from "cli-progress";
import { count } from "./words.ts";

export type ProgressUnit = "bytes" | "issues";

/** One piece of work under way. */
export interface Work {
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

export const SILENT: Progress = {
  begin: () => ({ expect: () => undefined, end: () => undefined }),
  note: () => undefined,
};

const REFRESH_MILLISECONDS = 200;
const PLAIN_EVERY_MILLISECONDS = 5000;

interface Stream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** `now` in milliseconds, monotonic. */
export function progressOn(stream: Stream, now: () => number): Progress {
  return stream.isTTY === true ? barOn(stream) : linesOn(stream, now);
}

function barOn(stream: Stream): Progress {
  return {
    begin(title, total, unit, done) {
      const bars = new MultiBar(
        { stream, format: barFormat(unit), hideCursor: true, clearOnComplete: true, etaBuffer: 20, fps: 5 },
        Presets.shades_classic,
      );
      const bar: SingleBar = bars.create(total ?? 0, 0, { title, shown: "" });
      const update = (): void => bar.update(done(), { shown: amount(done(), unit) });
      const timer = setInterval(update, REFRESH_MILLISECONDS);
      timer.unref();
      return {
        expect: (known) => bar.setTotal(known ?? done()),
        end: () => {
          clearInterval(timer);
          update();
          bars.stop();
        },
      };
    },
    note: (text) => void stream.write(`${text}\n`),
  };
}

function barFormat(unit: ProgressUnit): string {
  return unit === "bytes"
    ? "{title} {bar} {percentage} % · {shown} · {eta_formatted} left"
    : "{title} {bar} {value} of about {total} issues · {eta_formatted} left";
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
  if (unit === "issues") return `${count(value)} issues`;
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} GB`;
  return value >= 1e6 ? `${(value / 1e6).toFixed(1)} MB` : `${Math.ceil(value / 1e3)} kB`;
}
