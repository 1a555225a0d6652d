import type { VirtualService } from "../compose/open-virtual.ts";
import { AppError } from "../domain/errors.ts";

/** Lets everything that is due now run to its rest. Throws `unavailable` when it has not within `timeoutMs` of real time. */
export async function settle({ vouchsafe, now }: VirtualService, timeoutMs = 20_000): Promise<void> {
  const { worker, dispatcher, search } = vouchsafe;
  const until = performance.now() + timeoutMs;
  await expireApprovals(vouchsafe, now());
  await search.refresh();
  for (;;) {
    if (!(await isDue(vouchsafe, now()))) return;
    if (performance.now() > until) throw new AppError("unavailable", "What was due did not come to rest in time.");
    worker.nudge();
    dispatcher.nudge();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The clock goes to `to` by every instant at which something falls due in between, as it would if one waited. */
export async function passTime(service: VirtualService, to: number): Promise<void> {
  for (;;) {
    const next = await nextDue(service.vouchsafe, service.now());
    if (next === null || next > to) break;
    service.moveTo(Math.max(next, service.now()));
    await settle(service);
  }
  service.moveTo(to);
  await settle(service);
}

async function expireApprovals({ store, approvals }: VirtualService["vouchsafe"], now: number): Promise<void> {
  while ((await store.write((trx) => approvals.expireDue(trx, now, atOnce))) === atOnce);
}

const atOnce = 100;

/** Whether an event or a delivery is to be worked on now, or is being worked on. */
async function isDue({ store }: VirtualService["vouchsafe"], now: number): Promise<boolean> {
  const event = await store.read
    .selectFrom("inbox")
    .select("event_id")
    .where((row) =>
      row.or([
        row("state", "in", ["ready", "leased"]),
        row.and([row("state", "=", "parked"), row("wake_at", "<=", now)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  if (event !== undefined) return true;
  const delivery = await store.read
    .selectFrom("deliveries")
    .select("delivery_id")
    .where((row) =>
      row.or([
        row("state", "=", "transmitting"),
        row.and([row("state", "=", "pending"), row.or([row("next_at", "is", null), row("next_at", "<=", now)])]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return delivery !== undefined;
}

/** The next instant after `now` at which something wakes, is sent or expires. */
async function nextDue({ store }: VirtualService["vouchsafe"], now: number): Promise<number | null> {
  const { read } = store;
  const found = await Promise.all([
    read
      .selectFrom("inbox")
      .select("wake_at as at")
      .where("state", "=", "parked")
      .where("wake_at", ">", now)
      .orderBy("wake_at")
      .limit(1)
      .executeTakeFirst(),
    read
      .selectFrom("deliveries")
      .select("next_at as at")
      .where("state", "=", "pending")
      .where("next_at", ">", now)
      .orderBy("next_at")
      .limit(1)
      .executeTakeFirst(),
    read
      .selectFrom("approvals")
      .select("expires_at as at")
      .where("status", "=", "waiting")
      .where("expires_at", ">", now)
      .orderBy("expires_at")
      .limit(1)
      .executeTakeFirst(),
  ]);
  const instants = found.flatMap((row) => (row?.at == null ? [] : [row.at]));
  return instants.length === 0 ? null : Math.min(...instants);
}
