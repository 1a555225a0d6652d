import type { PlacementFacts } from "../../domain/facts.ts";
import type { Effect } from "../../domain/finding.ts";
import type { Guardrail, Judgement } from "../guardrail.ts";
import { caseFacts } from "./case-facts.ts";
import type { makeExamplePlacement } from "./example-placement.ts";
import type { DecisionTable, TableCase } from "./table.ts";

export interface CaseResult {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly why: string;
  readonly passed: boolean;
  /** What was expected and what came, in words; empty where it passed. */
  readonly words: string;
}

export interface TableRun {
  readonly rulesetVersion: string;
  readonly cases: readonly CaseResult[];
  /** Cases that can't be judged: what they say of the facts fits no record. */
  readonly unusable: readonly string[];
}

/** Judges every case of the tables and says which came out as expected. */
export function runTables(
  tables: readonly DecisionTable[],
  guardrail: Pick<Guardrail, "judge" | "rulesetVersionAt">,
  example: ReturnType<typeof makeExamplePlacement>,
): TableRun {
  const unusable: string[] = [];
  const cases = tables.flatMap(({ rule, file, cases: all }) =>
    all.flatMap((one): CaseResult[] => {
      const made = caseFacts(one, example);
      if ("problem" in made) {
        unusable.push(`${file}:${one.line}: ${rule}, ${one.why}: ${made.problem}`);
        return [];
      }
      const words = differences(rule, one, guardrail.judge(made.facts));
      return [{ rule, file, line: one.line, why: one.why, passed: words.length === 0, words: words.join("; ") }];
    }),
  );
  const { now }: PlacementFacts = example();
  return { rulesetVersion: guardrail.rulesetVersionAt(now), cases, unusable };
}

const strictest: readonly Effect[] = ["deny", "hold", "review", "allow"];

function differences(rule: string, wanted: TableCase, { findings, verdict }: Judgement): readonly string[] {
  const looked = wanted.by ?? rule;
  const own = findings.filter((found) => found.rule === looked);
  const came = strictest.find((effect) => own.some((found) => found.effect === effect)) ?? "silent";
  const differ: string[] = [];
  if (came !== wanted.expect) {
    const reasons = own.map(({ reason }) => reason).join(" ");
    differ.push(`${looked}: expected ${wanted.expect}, came ${came}${reasons === "" ? "" : ` (${reasons})`}`);
  }
  const { reason } = wanted;
  if (reason !== undefined && !own.some((found) => found.effect === came && found.reason.includes(reason)))
    differ.push(`${looked}: expected the reason "${reason}", came "${own.map((found) => found.reason).join(" ")}"`);
  if (wanted.verdict !== undefined && verdict.effect !== wanted.verdict)
    differ.push(`verdict: expected ${wanted.verdict}, came ${verdict.effect}`);
  return differ;
}
