import { expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { makeCedarEngine } from "./cedar-engine.ts";
import { toCedarContext } from "./cedar-request.ts";
import { loadPolicyFiles } from "./policy-files.ts";
import { loadRuleData } from "./rule-data.ts";
import { subjectOf } from "./subject.ts";

// Where V8 may inline calls into WebAssembly, Node 20 aborts here after some 1,500 questions. Kept in a file of its own:
// it takes a process in which nothing else has warmed up.
test("thousands of different questions in one process are answered", () => {
  const engine = makeCedarEngine(loadPolicyFiles());
  const data = loadRuleData();
  const asset = { daysOverLimit: 0, fromFuture: false, sourceLimited: false, status: "active", currentVersion: 3 };
  const context = { ...toCedarContext(subjectOf(placementFacts()), data), asset: { ...asset, version: 3 } };
  for (let version = 0; version < 3000; version++) {
    context.asset.version = version;
    expect(engine.answer(context)).toEqual({ fired: version === 3 ? [] : ["asset.current"] });
  }
}, 60_000);
