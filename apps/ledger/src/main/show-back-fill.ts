/** Reads what is connected with progress shown: first a look at everything, then what is different is read. */
import type { Progress } from "../analyse/progress.ts";

interface BackFillProgress {
  /** @param looked at how many so far */
  readonly onLook: (looked: number) => void;
  /** @param waiting how many are to be read still */
  readonly onWaiting: (waiting: number) => void;
}

/** @param unit what the source calls its items */
export async function showBackFill<T>(
  progress: Progress,
  unit: "issues" | "tasks",
  backFill: (told: BackFillProgress) => Promise<T>,
): Promise<T> {
  let looked = 0;
  let waiting = 0;
  let most = 0;
  let shown: ReturnType<Progress["begin"]> | undefined;
  let isReading = false;
  const end = (): void => {
    shown?.end();
    shown = undefined;
  };
  try {
    return await backFill({
      onLook: (count) => {
        looked = count;
        if (shown !== undefined && !isReading) return;
        end();
        isReading = false;
        shown = progress.begin("looking for changes", undefined, unit, () => looked);
      },
      onWaiting: (count) => {
        waiting = count;
        if (!isReading && count === 0) return;
        if (!isReading) {
          end();
          isReading = true;
          most = count;
          shown = progress.begin("reading", most, unit, () => most - waiting);
        }
        if (count > most) {
          most = count;
          shown?.expect(most);
        }
      },
    });
  } finally {
    end();
  }
}
