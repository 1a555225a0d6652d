import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leadId } from "../src/domain/ids.ts";
import { openTestDemo, type TestDemo } from "./support/demo.ts";

let demo: TestDemo;
beforeEach(async () => {
  demo = await openTestDemo();
});
afterEach(() => demo.close());

const hour = 3_600_000;
const day = 24 * hour;
const newest = async (lead: string) => {
  const filter = { leadId: leadId.parse(lead), after: null, limit: 50 };
  return demo.vouchsafe.decisions.list(demo.vouchsafe.store.read, filter);
};
const press = (lead: string, move: string) => demo.post("/demo/event", { lead, move });
const ahead = () => demo.vouchsafe.runtime.clock.now() - Date.now();

describe("moving the clock", () => {
  it("adds up, and is kept over a restart", async () => {
    await demo.post("/demo/clock", { lead: "L-1042", by: "day" });
    await demo.post("/demo/clock", { lead: "L-1042", by: "hour" });
    expect(Math.abs(ahead() - day - hour)).toBeLessThan(1000);
    expect(await demo.page("/demo")).toContain("Moved on by 1 day and 1 hour.");
    await demo.restart();
    expect(Math.abs(ahead() - day - hour)).toBeLessThan(1000);
  });

  it("wakes what a cap held, for which nobody waits until next week", async () => {
    for (const move of ["too-expensive", "asks-security", "replies-email", "visits-pricing"])
      await press("L-4002", move);
    const [held] = await newest("L-4002");
    expect(held).toMatchObject({ status: "held" });
    const fields = { lead: "L-4002", decision: held?.decisionId ?? "", by: "until-wake" };
    const moved = await demo.post("/demo/clock", fields);
    expect(moved.status).toBe(303);
    expect((await newest("L-4002"))[0]).toMatchObject({ decisionId: held?.decisionId, status: "published" });
  });

  it("lets a question expire, and empties a slot whose publication ends", async () => {
    await press("L-4009", "visits-pricing");
    await press("L-1042", "visits-pricing");
    expect((await newest("L-4009"))[0]?.status).toBe("awaiting-approval");
    for (let i = 0; i < 5; i++) await demo.post("/demo/clock", { lead: "L-4009", by: "week" });
    expect((await newest("L-4009"))[0]).toMatchObject({ approval: { status: "expired" } });
    expect((await newest("L-4009"))[0]?.status).toMatch(/^(no-action|denied)$/);
    expect(await demo.page("/demo?lead=L-1042")).toContain("is empty");
  });

  it("sends what the night held back, once it is over", async () => {
    const { store, publications } = demo.vouchsafe;
    await press("L-3005", "goes-quiet");
    const [decision] = await newest("L-3005");
    if (decision === undefined) throw new Error("there is no decision");
    const sent = async () => {
      const all = await publications.ofDecision(store.read, decision.decisionId);
      return all.find(({ touchpoint }) => touchpoint.channel === "email")?.delivery?.state;
    };
    expect(await sent()).toBeDefined();
    for (let hours = 0; hours < 13 && (await sent()) !== "delivered"; hours++) {
      await demo.post("/demo/clock", { lead: "L-3005", by: "hour" });
      await new Promise((wait) => setTimeout(wait, 300));
    }
    expect(await sent()).toBe("delivered");
  });

  it("ends a lead's token at once", async () => {
    const to = (await demo.get("/demo/slot?lead=L-1042&place=pricing-hero")).headers.get("location") ?? "";
    expect((await demo.get(to)).status).toBe(200);
    await demo.post("/demo/clock", { lead: "L-1042", by: "day" });
    expect((await demo.get(to)).status).toBe(401);
  });

  it("runs nothing twice, and fails nothing, while decisions run", async () => {
    const leads = ["L-1042", "L-1051", "L-1063", "L-2017", "L-3005", "L-3011", "L-4002", "L-5003"];
    const accept = (lead: string, i: number) =>
      demo.vouchsafe.intake.accept({
        specversion: "1.0",
        id: `${lead}-${i}`,
        source: "/test",
        type: "lead.page-viewed.v1",
        subject: lead,
        data: { url: "https://www.tidewise.example/pricing" },
      });
    for (let round = 0; round < 5; round++) {
      // The move arrives while they run: leases of 30 seconds, permits of a minute, a jump of a day.
      const accepted = leads.map((lead) => accept(lead, round));
      const moved = demo.post("/demo/clock", { lead: "L-1042", by: "day" });
      await Promise.all([...accepted, moved]);
    }
    const { store } = demo.vouchsafe;
    const left = () =>
      store.read.selectFrom("inbox").select("state").where("state", "in", ["ready", "leased"]).execute();
    await expect.poll(left, { timeout: 10_000 }).toEqual([]);
    const rows = await store.read.selectFrom("inbox").select(["state", "fence", "last_error"]).execute();
    expect(rows).toHaveLength(5 * leads.length);
    // A held one is run once more when it wakes; nothing else ever has a second lease.
    for (const row of rows) expect(row.last_error).toBeNull();
    const closed = await store.read.selectFrom("audit_entries").select(["kind", "subject"]).execute();
    const perDecision = new Map<string, string[]>();
    for (const { kind, subject } of closed) perDecision.set(subject, [...(perDecision.get(subject) ?? []), kind]);
    let runs = 0;
    for (const kinds of perDecision.values()) {
      expect(kinds.filter((kind) => kind === "publication.published").length).toBeLessThanOrEqual(1);
      expect(kinds.filter((kind) => kind === "decision.closed").length).toBeLessThanOrEqual(1);
      runs += kinds.filter((kind) => ["decision.closed", "decision.held", "approval.asked"].includes(kind)).length;
    }
    // Each lease came to exactly one end: none was taken over from a run that still went on.
    expect(rows.reduce((sum, row) => sum + row.fence, 0)).toBe(runs);
    const decisions = (await Promise.all(leads.map(newest))).flat();
    for (const { reason, status } of decisions) {
      expect(status).not.toBe("failed");
      expect(reason ?? "").not.toContain("permit");
    }
  });

  it("leaves a clock that was moved, once the demo is off, and says so", async () => {
    await demo.post("/demo/clock", { lead: "L-1042", by: "week" });
    const { config, store } = demo.vouchsafe;
    const { restoreClock } = await import("../src/compose/restore-clock.ts");
    const { makeMovableClock } = await import("../src/runtime/movable-clock.ts");
    const warned: unknown[] = [];
    const clock = makeMovableClock({ now: () => 0 });
    const logger = { ...demo.vouchsafe.logger, warn: (fields: unknown) => void warned.push(fields) };
    await restoreClock({ store, clock, logger, config: { ...config, demo: "off" } });
    expect(clock.aheadMs()).toBe(0);
    expect(warned).toEqual([{ aheadMs: 7 * day }]);
  });
});
