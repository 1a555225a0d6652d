import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { ProofHits, ProofSearch } from "../src/catalogue/search/search.ts";
import { withPlaybooks } from "../src/deployment/with-playbooks.ts";
import { parseBaseline } from "../src/evals/baseline.ts";
import { compareWithBaseline } from "../src/evals/compare.ts";
import type { EvalSetting } from "../src/evals/eval.ts";
import { loadScenarios } from "../src/evals/load-scenarios.ts";
import { readSetting } from "../src/evals/read-setting.ts";
import { runEvals } from "../src/evals/run-evals.ts";
import { makeGuardrail } from "../src/guardrails/cedar-guardrail.ts";
import { loadPolicyFiles } from "../src/guardrails/policy-files.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = "evals/baseline.json";

it("is as good as the baseline", async () => {
  const args = ["test/support/run-evals-by-threads.mjs"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26 });
  const { totals, problems } = JSON.parse(stdout);
  expect(problems.map(({ words }: { words: string }) => words)).toEqual([]);
  expect(totals.scenarios).toBeGreaterThanOrEqual(100);
}, 600_000);

describe("the gate", { timeout: 600_000 }, () => {
  let setting: EvalSetting;
  beforeAll(async () => {
    setting = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
  });

  /** What the gate says of these scenarios under a setting that is not the deployment's. */
  async function lostUnder(changed: Partial<EvalSetting>, scenarioFile: string, ids: readonly string[]) {
    const { scenarios } = loadScenarios([`evals/scenarios/${scenarioFile}`], setting);
    const chosen = scenarios.filter(({ scenario }) => ids.includes(scenario.id));
    expect(chosen.map(({ scenario }) => scenario.id).toSorted()).toEqual(ids.toSorted());
    const clock = { now: () => 0 };
    const report = await runEvals({
      scenarios: chosen,
      unusable: [],
      setting: { ...setting, source: null, ...changed },
      clock,
    });
    const baseline = parseBaseline(readFileSync(file, "utf8"), file);
    const { passed, problems } = compareWithBaseline(report, baseline, { isPartial: true });
    expect(passed).toBe(problems.length === 0);
    return problems.flatMap(({ kind, scenario }) => (kind === "lost" ? [scenario] : []));
  }

  const consent = ["austria-knows-no-legitimate-interest", "poland-inquiry-is-no-consent", "ireland-single-opt-in"];
  const ranked = ["pricing-page-shows-a-like-minded-customer", "school-district-sees-a-school-district"];
  const sure = ["as-sure-as-the-playbook-asks", "a-little-less-sure-than-the-playbook-asks"];

  it("is open while nothing is broken", async () => {
    expect(await lostUnder({}, "consent-jurisdictions.yaml", consent)).toEqual([]);
    expect(await lostUnder({}, "happy-paths.yaml", ranked)).toEqual([]);
    expect(await lostUnder({}, "rules-operations.yaml", sure)).toEqual([]);
  });

  it("catches a rule that never fires", async () => {
    const files = loadPolicyFiles();
    const rules = files.rules.filter(({ rule }) => rule !== "consent.channel");
    expect(rules.length).toBeLessThan(files.rules.length);
    const guardrail = await makeGuardrail({ ...files, rules });
    const lost = await lostUnder({ guardrail }, "consent-jurisdictions.yaml", consent);
    expect(lost).toContain("austria-knows-no-legitimate-interest");
    expect(lost).toContain("poland-inquiry-is-no-consent");
  });

  it("catches a ranking that is turned round", async () => {
    const search = (own: ProofSearch): ProofSearch => ({
      size: own.size,
      refresh: own.refresh,
      search: (query) => turnedRound(own.search(query)),
    });
    expect((await lostUnder({ search }, "happy-paths.yaml", ranked)).toSorted()).toEqual(ranked.toSorted());
  });

  it("catches a threshold that is lowered", async () => {
    const playbooks = setting.deployment.playbooks.map((one) => ({
      ...one,
      autonomy: { ...one.autonomy, confidenceThreshold: 0 },
    }));
    const deployment = withPlaybooks(setting.deployment, playbooks);
    const sample = { ...setting.sample, playbooks: new Map(playbooks.map((one) => [one.id, { ...one }])) };
    const lost = await lostUnder({ deployment, sample }, "rules-operations.yaml", sure);
    expect(lost).toContain("a-little-less-sure-than-the-playbook-asks");
  });
});

/** The last comes first, with the score that the first had. */
function turnedRound({ hits, ruledOut }: ProofHits): ProofHits {
  const reversed = hits.toReversed();
  return {
    ruledOut,
    hits: reversed.map((hit, index) => ({ ...hit, score: hits[index]?.score ?? hit.score })),
  };
}
