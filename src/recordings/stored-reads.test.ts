import { expect, it } from "vitest";
import { recordedReads } from "./stored-reads.ts";

/** As a release wrote them that knew neither clearances nor first uses. */
const earlier = {
  now: 1,
  resumes: null,
  isOvertaken: false,
  lead: null,
  assets: [{ assetId: "a-1", assetStatus: "active", currentVersion: 1, grants: [], endorser: null, uses: {} }],
  searches: [],
  answers: [],
  act: null,
  gaps: [],
};

it("reads what was recorded before versions were cleared as: nobody had said anything", () => {
  expect(recordedReads.parse(earlier).assets).toMatchObject([{ clearances: [], seen: null }]);
});

it("reads what people had said, and refuses what nobody can say", () => {
  const [asset] = earlier.assets;
  const saying = (verdict: string) => ({
    ...earlier,
    assets: [{ ...asset, clearances: [{ question: "claim.typical|why", verdict, expiresAt: 5 }] }],
  });
  expect(recordedReads.parse(saying("refused")).assets[0]?.clearances).toEqual([
    { question: "claim.typical|why", verdict: "refused", expiresAt: 5 },
  ]);
  expect(recordedReads.safeParse(saying("maybe")).success).toBe(false);
});
