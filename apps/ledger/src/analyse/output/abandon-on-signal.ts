import type { AnalysisFiles } from "./analysis-files.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Whoever breaks a run off finds nothing half-written either. Returns what ends the watch. */
export function abandonOnSignal(files: AnalysisFiles): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    release();
    files.abandon();
    // Sent again, now that nobody listens, so that the shell sees how the process ended.
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return release;
}
