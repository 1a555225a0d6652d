import type { Config } from "../config.ts";
import { storedAheadMs } from "../demo/demo-clock.ts";
import { isDemoOn } from "../demo/is-demo-on.ts";
import { readSampleRecord } from "../demo/sample-record.ts";
import type { MovableClock } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import type { Logger } from "../telemetry/telemetry.ts";

/** Sets the clock to where the demo had moved it. Without the demo it stays the machine's, whatever was moved before. */
export async function restoreClock(deps: {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly logger: Logger;
  readonly config: Pick<Config, "demo" | "host">;
}): Promise<void> {
  const { store, clock, logger, config } = deps;
  const aheadMs = await storedAheadMs(store.read);
  if (aheadMs === 0) return;
  const hasSample = (await readSampleRecord(store.read)) !== null;
  if (isDemoOn(config.demo, config.host, hasSample)) clock.setAhead(aheadMs);
  else logger.warn({ aheadMs }, "the demo, now off, had moved the clock on: times in the records lie in the future");
}
