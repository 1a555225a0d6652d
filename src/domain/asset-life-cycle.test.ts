import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AssetStatus, assetStatus } from "./asset.ts";
import { isAllowedStep, isShowable, nextStatuses, takesBack } from "./asset-life-cycle.ts";

const statuses = assetStatus.options;
const anyStatus = fc.constantFrom(...statuses);

describe("the life cycle", () => {
  it.each([
    ["draft", ["in-review"]],
    ["in-review", ["active", "draft"]],
    ["active", ["disputed", "deprecated", "withdrawn"]],
    ["disputed", ["active", "deprecated", "withdrawn"]],
    ["deprecated", ["active", "withdrawn"]],
    ["withdrawn", []],
  ] as const)("goes on from %s to %j and nowhere else", (from, allowed: readonly AssetStatus[]) => {
    expect(nextStatuses[from]).toEqual(allowed);
    for (const to of statuses) expect(isAllowedStep(from, to)).toBe(allowed.includes(to));
  });

  it("never stands still, never leaves withdrawn, and is shown in one status alone", () => {
    fc.assert(
      fc.property(anyStatus, fc.array(anyStatus, { maxLength: 30 }), (start, wishes) => {
        let status: AssetStatus = start;
        const isNew = start === "draft" || start === "in-review";
        let everShown = isShowable(status);
        for (const wish of wishes) {
          if (!isAllowedStep(status, wish)) continue;
          expect(wish).not.toBe(status);
          expect(status).not.toBe("withdrawn");
          // Nobody gets past the review: a draft is shown only after somebody took it there.
          if (wish === "active" && isNew && !everShown) expect(status).toBe("in-review");
          status = wish;
          everShown ||= isShowable(status);
        }
        expect(isShowable(status)).toBe(status === "active");
      }),
    );
  });

  it("can end from every status", () => {
    for (const start of statuses) {
      const reached = new Set<AssetStatus>([start]);
      for (const status of reached) for (const next of nextStatuses[status]) reached.add(next);
      expect(reached).toContain("withdrawn");
    }
  });

  it("takes back what is live when disputed or withdrawn, and in no other step", () => {
    const taking = statuses.flatMap((from) =>
      nextStatuses[from].filter((to) => takesBack(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(taking).toEqual([
      "active → disputed",
      "active → withdrawn",
      "disputed → withdrawn",
      "deprecated → withdrawn",
    ]);
  });
});
