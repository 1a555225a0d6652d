import { AppError } from "../domain/errors.ts";
import type { MovableClock } from "../runtime/runtime.ts";
import type { Queries, Store } from "../store/store.ts";
import type { DemoClock } from "./demo.ts";

interface DemoClockDeps {
  readonly store: Store;
  readonly clock: MovableClock;
  /**
   * Does the work while no decision runs and nothing is being sent: a lease would seem to have run out, and its event be
   * run twice or its e-mail counted as lost; a permit would expire between judging and publishing.
   */
  readonly whileQuiet: (work: () => Promise<void>) => Promise<void>;
  /** Wakes what waits for a time. */
  readonly onMoved: () => Promise<void>;
}

/** Moves one after the other; what is stored is ahead of what is shown, so a crash in between moves it all the same. */
export function makeDemoClock({ store, clock, whileQuiet, onMoved }: DemoClockDeps): DemoClock {
  let moving: Promise<unknown> = Promise.resolve();

  async function move(ms: number): Promise<void> {
    const ahead = clock.aheadMs() + ms;
    if (!Number.isSafeInteger(ms) || ms <= 0) throw new AppError("invalid", "The clock is moved on, never back.");
    if (ahead > mostAheadMs) throw new AppError("invalid", "The clock is not moved more than ten years ahead.");
    await whileQuiet(async () => {
      await storeAhead(store, ahead);
      clock.setAhead(ahead);
    });
    await onMoved();
  }

  return {
    now: () => clock.now(),
    aheadMs: () => clock.aheadMs(),
    moveOn(ms) {
      const moved = moving.then(() => move(ms));
      moving = moved.catch(() => undefined);
      return moved;
    },
  };
}

/** How far the clock was moved on, in milliseconds; nought where it never was. */
export async function storedAheadMs(db: Queries): Promise<number> {
  const row = await db.selectFrom("meta").select("value").where("key", "=", metaKey).executeTakeFirst();
  const ahead = Number(row?.value ?? 0);
  if (Number.isSafeInteger(ahead) && ahead >= 0) return ahead;
  throw new AppError("corrupt", `The row ${metaKey} of the table meta is not a number of milliseconds.`);
}

async function storeAhead(store: Store, ahead: number): Promise<void> {
  const value = String(ahead);
  await store.write((trx) =>
    trx
      .insertInto("meta")
      .values({ key: metaKey, value })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
      .execute(),
  );
}

const metaKey = "demo.clock-ahead-ms";
const mostAheadMs = 3653 * 86_400_000;
