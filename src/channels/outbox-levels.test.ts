import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentFor, openRecords, publicationOf, type Records } from "../../test/support/records.ts";
import { makeOutboxLevels } from "./outbox-levels.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
});
afterEach(() => records.close());

const now = () => records.runtime.clock.now();

async function publish(channel: "web" | "email"): Promise<string> {
  const made = publicationOf(records, { decisionId: await records.openDecision(), content: contentFor({ channel }) });
  await records.store.write((trx) => records.publications.publish(trx, made));
  return made.publicationId;
}
const move = (id: string, state: string) =>
  records.store.write((trx) =>
    trx.updateTable("deliveries").set({ state, updated_at: now() }).where("publication_id", "=", id).execute(),
  );

describe("the outbox's levels", () => {
  it("say what is on its way, and since when", async () => {
    const levels = makeOutboxLevels({ since: now() });
    expect(await levels.open(records.store.read)).toEqual([]);
    const oldestAt = now();
    const first = await publish("email");
    records.runtime.advance(1000);
    await publish("email");
    await publish("web");
    expect(await levels.open(records.store.read)).toEqual([{ channel: "email", state: "pending", count: 2, oldestAt }]);
    await move(first, "transmitting");
    expect(await levels.open(records.store.read)).toEqual([
      { channel: "email", state: "pending", count: 1, oldestAt: oldestAt + 1000 },
      { channel: "email", state: "transmitting", count: 1, oldestAt },
    ]);
  });

  it("count each end once, since they were made, and only what surely is committed", async () => {
    await publish("web");
    records.runtime.advance(1);
    const levels = makeOutboxLevels({ since: now() });
    const settled = async () => {
      const found = await levels.settled(records.store.read, now());
      return found.map(({ channel, state, count }) => `${channel} ${state} ${count}`).sort();
    };
    records.runtime.advance(1);
    for (let i = 0; i < 3; i++) await publish("web");
    const mail = await publish("email");
    expect(await settled()).toEqual([]);
    records.runtime.advance(15_000);
    expect(await settled()).toEqual(["web delivered 3"]);
    expect(await settled()).toEqual(["web delivered 3"]);
    await move(mail, "unknown");
    await publish("web");
    records.runtime.advance(60_000);
    expect(await settled()).toEqual(["email unknown 1", "web delivered 4"]);
    await move(mail, "failed");
    records.runtime.advance(60_000);
    expect(await settled()).toEqual(["email failed 1", "email unknown 1", "web delivered 4"]);
  });

  it("count past a slice, also where many ended in the same millisecond", async () => {
    const levels = makeOutboxLevels({ since: now() - 1 });
    await publish("web");
    const row = await records.store.read.selectFrom("deliveries").selectAll().executeTakeFirstOrThrow();
    await records.store.write(async (trx) => {
      for (let i = 0; i < 1300; i += 100) {
        const rows = Array.from({ length: 100 }, (_, k) => ({ ...row, delivery_id: `dlv_x${i + k}` }));
        await trx.insertInto("deliveries").values(rows).execute();
      }
    });
    records.runtime.advance(20_000);
    expect(await levels.settled(records.store.read, now())).toEqual([
      { channel: "web", state: "delivered", count: 1301 },
    ]);
  });
});
