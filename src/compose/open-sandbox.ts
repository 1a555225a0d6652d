import type { Config } from "../config.ts";
import { AppError } from "../domain/errors.ts";
import { threadOf } from "../graph/run-decision.ts";
import type { OpenSandbox } from "../replay/replay.ts";
import { composeDeciding, type Deciding } from "./compose-deciding.ts";

/** The product in memory, with nothing running on it: what a sandbox is made of. */
export interface InMemory {
  readonly deciding: Deciding;
  close(): Promise<void>;
}

/** Settings under which nothing is traced, recorded, sampled or logged. */
export function sandboxConfig(config: Config): Config {
  return { ...config, traces: null, recordingDays: 0, sampleData: "off", demo: "off", logLevel: "silent" };
}

/** Runs attempts through the graph that serves, over a database in memory and the sources that it is given. */
export function makeOpenSandbox(openInMemory: () => Promise<InMemory>): OpenSandbox {
  return async (toSources) => {
    const { deciding: base, close } = await openInMemory();
    const { run } = composeDeciding({ ...base, ...toSources(base), traces: null, onRested: () => {} });
    const { store, decisions, checkpointer } = base;
    return {
      open: (decision) => store.write((trx) => decisions.open(trx, decision)),
      async run(lease, isAnew) {
        const { decisionId } = lease;
        const before = await decisions.get(store.read, decisionId);
        if (isAnew && before) await checkpointer.deleteThread(threadOf(decisionId, before.attempt));
        await run(lease);
        const rests = await decisions.get(store.read, decisionId);
        if (rests === null) throw new AppError("corrupt", "A decision is gone from its sandbox.");
        return rests;
      },
      close,
    };
  };
}
