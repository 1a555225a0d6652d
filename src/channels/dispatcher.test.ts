import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { consent, openEmailService } from "../../test/support/email-service.ts";
import { makeScriptedChannel, makeTestDispatcher, type Script } from "../../test/support/scripted-channel.ts";
import type { TestService } from "../../test/support/service.ts";
import { assetId, deliveryId, leadId } from "../domain/ids.ts";
import type { DeliveryResolution, Dispatcher, PushChannel } from "./channel.ts";

let service: TestService;
const dispatchers: Dispatcher[] = [];
afterEach(async () => {
  for (const one of dispatchers.splice(0)) await one.close();
  await service.close();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The product with its own dispatcher stopped. */
async function openStopped() {
  service = await openEmailService();
  await service.vouchsafe.dispatcher.drain(1000);
}

function dispatcherOf(channel: PushChannel, owner: string, leaseMs?: number): Dispatcher {
  const made = makeTestDispatcher(service, channel, owner, leaseMs);
  dispatchers.push(made);
  made.start();
  return made;
}

const rows = () =>
  service.vouchsafe.store.read
    .selectFrom("deliveries")
    .innerJoin("publications", "publications.publication_id", "deliveries.publication_id")
    .select([
      "publications.decision_id",
      "deliveries.delivery_id",
      "deliveries.state",
      "deliveries.attempts",
      "publications.lead_id",
      "publications.state as publication",
    ])
    .orderBy("deliveries.delivery_id")
    .execute();

async function contacts(decision: string): Promise<number> {
  const ledger = service.vouchsafe.store.read.selectFrom("contact_ledger").selectAll();
  return (await ledger.where("decision_id", "=", decision).where("freed_at", "is", null).execute()).length;
}

/** Sends until nothing is due any more. */
async function settled(until = 10_000): Promise<void> {
  const end = performance.now() + until;
  for (;;) {
    const open = (await rows()).filter(({ state }) => state === "pending" || state === "transmitting");
    if (open.length === 0) return;
    if (performance.now() > end) throw new Error(`deliveries are left: ${JSON.stringify(open)}`);
    service.runtime.advance(1000);
    for (const one of dispatchers) one.nudge();
    await pause(10);
  }
}

async function publishFor(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await service.putLead({ leadId: `L-${i}`, consents: [consent] });
  await Promise.all(Array.from({ length: count }, (_, i) => service.decide({ subject: `L-${i}` })));
}

describe("two dispatchers on one database", () => {
  test("send each delivery once between them", async () => {
    await openStopped();
    const { channel, effects } = makeScriptedChannel(service, { isReadable: false });
    await publishFor(25);
    dispatcherOf(channel, "one");
    dispatcherOf(channel, "two");
    await settled();
    const keys = effects.map(({ key }) => key);
    expect(keys).toHaveLength(25);
    expect(new Set(keys).size).toBe(25);
    expect(new Set(effects.map(({ state }) => state))).toEqual(new Set(["transmitting"]));
    expect((await rows()).every(({ state, attempts }) => state === "delivered" && attempts === 1)).toBe(true);
  });
});

describe("a dispatcher that is gone", () => {
  /** A delivery that stands in transmission under a lease that has run out. */
  async function leftBehind(): Promise<string> {
    await publishFor(1);
    const [only] = await rows();
    if (!only) throw new Error("there is one");
    const change = {
      state: "transmitting",
      attempts: 1,
      fence: 1,
      lease_owner: "gone",
      lease_until: service.runtime.clock.now() - 1,
      next_at: null,
    };
    await service.vouchsafe.store.write((trx) => trx.updateTable("deliveries").set(change).execute());
    return only.delivery_id;
  }

  test("leaves what can't be read back as unknown, and nobody resends it", async () => {
    await openStopped();
    const { channel, effects } = makeScriptedChannel(service, { isReadable: false });
    await leftBehind();
    dispatcherOf(channel, "next");
    await settled();
    service.runtime.advance(86_400_000);
    await pause(400);
    expect(await rows()).toMatchObject([{ state: "unknown", attempts: 1 }]);
    expect(effects).toEqual([]);
  });

  test("leaves what can be read back to be looked for: there it is delivered, else it is sent under its key", async () => {
    await openStopped();
    const { channel, effects } = makeScriptedChannel(service, { isReadable: true });
    const key = await leftBehind();
    dispatcherOf(channel, "next");
    await settled();
    expect(await rows()).toMatchObject([{ state: "delivered", attempts: 2 }]);
    expect(effects).toEqual([{ key, state: "transmitting" }]);
    const again = { state: "transmitting", lease_until: 0, next_at: null };
    await service.vouchsafe.store.write((trx) => trx.updateTable("deliveries").set(again).execute());
    await settled();
    expect(await rows()).toMatchObject([{ state: "delivered" }]);
    expect(effects).toHaveLength(1);
  });

  test("and was only slow still says what became of its message", async () => {
    await openStopped();
    const { channel } = makeScriptedChannel(service, { isReadable: false });
    let goOn = () => {};
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slow: PushChannel = {
      ...channel,
      async deliver(publication, attempt) {
        const outcome = await channel.deliver(publication, attempt);
        await waits;
        return outcome;
      },
    };
    await publishFor(1);
    dispatcherOf(slow, "slow", 1000);
    await expect.poll(rows).toMatchObject([{ state: "transmitting" }]);
    await pause(50);
    // Its heartbeat comes too late: the clock jumps past its lease.
    service.runtime.advance(5000);
    dispatcherOf(channel, "next", 1000).nudge();
    await expect.poll(rows).toMatchObject([{ state: expect.stringMatching(/unknown|transmitting/) }]);
    goOn();
    await expect.poll(rows).toMatchObject([{ state: "delivered" }]);
  });
});

describe("a fault", () => {
  test("of the channel before any effect is tried again, and at last is a dead letter", async () => {
    await openStopped();
    const { channel, scripts, effects } = makeScriptedChannel(service, { isReadable: false });
    scripts.push("throw", "fail", "throw", "throw");
    await publishFor(1);
    dispatcherOf(channel, "one");
    await settled();
    expect(await rows()).toMatchObject([{ state: "failed", attempts: 4 }]);
    expect(effects).toEqual([]);
  });

  test("of judging counts as a try, and is a dead letter at last", async () => {
    await openStopped();
    const { channel, effects } = makeScriptedChannel(service, { isReadable: false });
    await publishFor(1);
    await service.vouchsafe.store.write((trx) => trx.updateTable("publications").set({ content_json: "{" }).execute());
    await service.restart();
    await service.vouchsafe.dispatcher.drain(1000);
    dispatcherOf(channel, "one");
    const state = () =>
      service.vouchsafe.store.read.selectFrom("deliveries").select(["state", "attempts"]).executeTakeFirst();
    await expect
      .poll(async () => {
        service.runtime.advance(5000);
        return state();
      })
      .toMatchObject({ state: "failed", attempts: 4 });
    expect(effects).toEqual([]);
  });
});

type Step =
  | {
      readonly kind: "publish" | "recall" | "unsubscribe" | "withdraw" | "dispatch" | "later" | "restart";
      readonly who: number;
    }
  | { readonly kind: "resolve"; readonly who: number; readonly how: DeliveryResolution };

const who = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      "publish",
      "publish",
      "publish",
      "dispatch",
      "later",
      "later",
      "unsubscribe",
      "recall",
      "withdraw",
      "restart",
    ),
    who,
  } as const),
  fc.record({ kind: fc.constant("resolve"), who, how: fc.constantFrom("retry", "resend", "mark-delivered") } as const),
);
const script: fc.Arbitrary<Script> = fc.constantFrom("deliver", "deliver", "fail", "refuse", "lost", "unsent", "throw");

describe("whatever comes between", () => {
  test.each([true, false])(
    "nothing goes out once it was cancelled, nor twice unless an operator resent it (read back: %s)",
    { timeout: 120_000 },
    async (isReadable) => {
      let run = 0;
      await openStopped();
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 4, maxLength: 14 }),
          fc.array(script, { maxLength: 10 }),
          async (steps, script) => {
            const prefix = `R${run++}`;
            const { channel, effects, scripts } = makeScriptedChannel(service, { isReadable });
            scripts.push(...script);
            const before = new Set((await rows()).map((row) => row.delivery_id));
            const mine = async () => (await rows()).filter((row) => !before.has(row.delivery_id));
            for (let i = 0; i < 4; i++) {
              await service.putAsset({
                assetId: `${prefix}-a${i}`,
                quote: `We were live in ${i + 2} weeks, said ${prefix}.`,
              });
              await service.putLead({ leadId: `${prefix}-L${i}`, consents: [consent] });
            }
            const resent = new Map<string, number>();
            let own = [dispatcherOf(channel, "one"), dispatcherOf(channel, "two")];
            const { store, crm, recall, publications, deliveries } = service.vouchsafe;

            async function take(one: Step): Promise<unknown> {
              const lead = leadId.parse(`${prefix}-L${one.who}`);
              switch (one.kind) {
                case "publish":
                  return service.accept({ subject: lead });
                case "unsubscribe":
                  return store.write((trx) => crm.suppress(trx, lead, "email", "unsubscribed"));
                case "recall":
                  return store.write((trx) => recall.revoke(trx, assetId.parse(`${prefix}-a${one.who}`), "asked to"));
                case "withdraw": {
                  const [newest] = await publications.list(store.read, { leadId: lead, after: null, limit: 1 });
                  return newest && store.write((trx) => publications.withdraw(trx, newest.publicationId, "asked to"));
                }
                case "dispatch":
                  return own.map((dispatcher) => dispatcher.nudge());
                case "later":
                  return service.runtime.advance(2000);
                case "restart": {
                  // As a crash and a start: what was under way is given up, and another takes over.
                  const old = own;
                  own = [dispatcherOf(channel, "three"), dispatcherOf(channel, "four")];
                  return Promise.all(old.map((dispatcher) => dispatcher.close()));
                }
                case "resolve": {
                  const row = (await mine()).find(
                    ({ lead_id, state }) => lead_id === lead && (state === "failed" || state === "unknown"),
                  );
                  if (!row) return null;
                  const id = deliveryId.parse(row.delivery_id);
                  return store
                    .write((trx) => deliveries.resolve(trx, id, one.how, "tester"))
                    .then(
                      () => one.how === "resend" && resent.set(id, (resent.get(id) ?? 0) + 1),
                      () => null,
                    );
                }
              }
            }

            const running: Promise<unknown>[] = [];
            for (const one of steps) {
              running.push(take(one));
              await pause(Math.random() * 8);
            }
            await Promise.all(running);
            await expect
              .poll(
                async () =>
                  (await service.vouchsafe.inbox.depth(store.read)).ready +
                  (await service.vouchsafe.inbox.depth(store.read)).leased,
              )
              .toBe(0);
            const end = performance.now() + 8000;
            while ((await mine()).some(({ state }) => state === "pending" || state === "transmitting")) {
              if (performance.now() > end) throw new Error(`left over: ${JSON.stringify(await mine())}`);
              service.runtime.advance(1000);
              for (const one of own) one.nudge();
              await pause(10);
            }

            const count = (key: string) => effects.filter((effect) => effect.key === key).length;
            for (const row of await mine()) {
              const times = count(row.delivery_id);
              const allowed = isReadable ? 1 : 1 + (resent.get(row.delivery_id) ?? 0);
              expect(times, `${row.delivery_id} is ${row.state}`).toBeLessThanOrEqual(allowed);
              if (row.state === "failed") expect(times).toBeLessThanOrEqual(resent.get(row.delivery_id) ?? 0);
              if (row.state === "cancelled") expect(times).toBeLessThanOrEqual(resent.get(row.delivery_id) ?? 0);
              // A contact stands as long as something of it may have gone out, and not beyond.
              const isOver = row.state === "failed" || row.state === "cancelled";
              const stands = !isOver || resent.has(row.delivery_id);
              expect((await contacts(row.decision_id)) > 0, `the contact of ${row.state}`).toBe(stands);
            }
            expect(effects.filter(({ state }) => state !== "transmitting")).toEqual([]);
            await Promise.all(own.map((dispatcher) => dispatcher.close()));
          },
        ),
        { numRuns: 25 },
      );
    },
  );
});

describe("work between sends", () => {
  test("waits for what is being handed over, so that no clock that it moves makes that look left behind", async () => {
    await openStopped();
    const { channel, effects } = makeScriptedChannel(service, { isReadable: false });
    await publishFor(2);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = 0;
    const slow: PushChannel = {
      ...channel,
      async deliver(publication, attempt) {
        begun++;
        await held;
        return channel.deliver(publication, attempt);
      },
    };
    const dispatcher = dispatcherOf(slow, "slow");
    await expect.poll(() => begun).toBe(2);
    let isMoved = false;
    const move = async () => {
      service.runtime.advance(86_400_000);
      isMoved = true;
    };
    await expect(dispatcher.betweenSends(move, 30)).rejects.toMatchObject({ code: "unavailable" });
    const moved = dispatcher.betweenSends(move, 5000);
    await pause(100);
    expect(isMoved).toBe(false);
    release();
    await moved;
    expect(isMoved).toBe(true);
    await settled();
    expect(effects).toHaveLength(2);
    expect((await rows()).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
  });
});
