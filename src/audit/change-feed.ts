import type { Store } from "../store/store.ts";
import type { AuditReader, ChangeFeed, ChangeSubscriber, NumberedEntry } from "./audit.ts";

export interface OpenChangeFeed extends ChangeFeed {
  /** Something was numbered: look now rather than at the next poll. */
  nudge(): void;
  /** Tells every subscriber that nothing more will come. */
  close(): void;
}

/**
 * Reads what was numbered once, for all who listen: they are told by the sequencer of this process at once, and of
 * another by a look at the log's size every second. Nobody listening costs nothing. What is handed over is always read
 * from the table, from where the last batch ended.
 */
export function makeChangeFeed(deps: {
  readonly store: Store;
  readonly reader: AuditReader;
  readonly onFault: (error: unknown) => void;
  readonly pollMs?: number;
}): OpenChangeFeed {
  const { store, reader, pollMs = 1000 } = deps;
  const subscribers = new Set<ChangeSubscriber>();
  /** Entries up to here were handed over; null while nobody listens. */
  let toldTo: number | null = null;
  let isReading = false;
  let isAsked = false;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  const since = async (seq: number, limit: number) =>
    (await reader.entries(store.read, { from: seq + 1, limit })).filter(isNumbered);
  const last = async () => (await reader.tree(store.read)).size - 1;

  async function tell(): Promise<void> {
    for (;;) {
      if (toldTo === null) return;
      const entries = await since(toldTo, batchSize);
      const end = entries.at(-1)?.seq;
      if (end === undefined || subscribers.size === 0) return;
      toldTo = end;
      for (const subscriber of [...subscribers]) subscriber.onEntries(entries);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** One reading at a time; what is asked for meanwhile is read after it. */
  async function look(): Promise<void> {
    isAsked = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isAsked && subscribers.size > 0) {
        isAsked = false;
        await tell();
      }
    } catch (error) {
      deps.onFault(error);
    } finally {
      isReading = false;
    }
  }

  function stopWhenUnheard(): void {
    if (subscribers.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  }

  return {
    since,
    last,
    async subscribe(subscriber) {
      if (subscribers.size === 0) toldTo = null;
      subscribers.add(subscriber);
      // Set before the subscriber reads the table: what that reading misses is numbered later, and handed over.
      try {
        const end = await last();
        toldTo ??= end;
      } catch (error) {
        subscribers.delete(subscriber);
        throw error;
      }
      if (isClosed && subscribers.delete(subscriber)) subscriber.onClosed();
      if (subscribers.size > 0 && timer === null) {
        timer = setInterval(look, pollMs);
        timer.unref();
      }
      return () => {
        subscribers.delete(subscriber);
        stopWhenUnheard();
      };
    },
    nudge() {
      if (subscribers.size > 0) void look();
    },
    close() {
      isClosed = true;
      const all = [...subscribers];
      subscribers.clear();
      stopWhenUnheard();
      for (const subscriber of all) subscriber.onClosed();
    },
  };
}

const batchSize = 256;

function isNumbered(entry: { readonly seq: number | null }): entry is NumberedEntry {
  return entry.seq !== null;
}
