import { expect, it } from "vitest";
import { committedSampleClearances, currentSampleClearances, sampleClearancesText } from "./sample-clearances.ts";

it("the sample answers what the rules ask about its versions, and nothing else", { timeout: 120_000 }, async () => {
  const current = sampleClearancesText(await currentSampleClearances());
  expect(committedSampleClearances(), "run `npm run sample:clearances`, and look at what it wrote").toBe(current);
});
