import { expect, it } from "vitest";
import { aDecision, aDenial, aMoment, aPublication, aRun } from "../../../test/support/eval-runs.ts";
import { gradeEnding } from "./ending.ts";

const live = { lead: "L-1", at: "web/pricing-hero", asset: "a-1" };
const ending = {
  decisions: [aDecision(), aDenial()],
  publications: [aPublication(), aPublication({ assetId: "a-2", state: "withdrawn" })],
  deliveries: { delivered: 2 },
  sent: { dlv_1: 1, dlv_2: 1 },
};
const run = (expect: Record<string, unknown>) => aRun([aMoment(null)], { written: { expect }, ending });

it.each([
  ["decisions by status", { decisions: { published: 1, denied: 1, held: 0 } }, [true, true, true]],
  ["another count of decisions", { decisions: { published: 2 } }, [false]],
  ["what is live", { live: [live] }, [true]],
  ["something that is not live", { live: [live, { ...live, asset: "a-2" }] }, [false]],
  ["twice what is live once", { live: [live, live] }, [false]],
  ["nothing live where something is", { live: [] }, [false]],
  ["deliveries by state", { deliveries: { delivered: 2, failed: 0 } }, [true, true]],
  ["another count of deliveries", { deliveries: { failed: 1 } }, [false]],
  ["messages", { messages: 2 }, [true]],
  ["another count of messages", { messages: 0 }, [false]],
  ["an asset that was never published", { never: { assets: ["a-3"] } }, [true]],
  ["an asset that was, though withdrawn since", { never: { assets: ["a-2"] } }, [false]],
  ["a channel and a lead", { never: { channels: ["email"], leads: ["L-1"] } }, [true, false]],
  ["nothing", {}, []],
])("grades %s", (_, expected, passed) => {
  expect(gradeEnding(run(expected)).map((grade) => grade.passed)).toEqual(passed);
});

it("takes what has run out for no longer live", () => {
  const publications = [aPublication({ liveUntil: "2026-11-03T10:00:00Z" })];
  const over = aRun([aMoment(null)], { written: { expect: { live: [] } }, ending: { publications } });
  expect(gradeEnding(over)[0]?.passed).toBe(true);
});

it("says what was expected and what came, and nothing of a run that broke off", () => {
  const expected = { live: [{ ...live, asset: "a-9" }] };
  expect(gradeEnding(run(expected))[0]?.words).toBe(
    "expected a-9 at web/pricing-hero for L-1 to be live at the end, got a-1 at web/pricing-hero for L-1",
  );
  expect(gradeEnding({ ...run(expected), fault: "It broke." })).toEqual([]);
});
