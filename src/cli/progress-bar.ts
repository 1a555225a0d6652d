import { SingleBar } from "cli-progress";
import type { CliIo } from "./command.ts";

export interface ProgressBar {
  /** `value` of the total, and how many things that makes. */
  update(value: number, count: number): void;
  stop(): void;
}

/** A bar on standard error, or null where nobody looks at it. It is gone when the work ends. */
export function openBar(
  io: CliIo,
  { total, what }: { readonly total: number; readonly what: string },
): ProgressBar | null {
  if (io.terminal === undefined) return null;
  const bar = new SingleBar({
    stream: io.terminal,
    format: `{bar} {percentage}% | {count} ${what} | {eta_formatted}`,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, 0, { count: 0 });
  return { update: (value, count) => bar.update(value, { count }), stop: () => bar.stop() };
}
