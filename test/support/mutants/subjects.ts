import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const checks = "src/guardrails/checks";

/** Files of which every condition is part of a rule, from the repository's root. */
export function mutatedFiles(): readonly string[] {
  const names = readdirSync(fileURLToPath(new URL(`../../../${checks}`, import.meta.url)), { recursive: true });
  const own = names.map(String).filter((name) => name.endsWith(".ts") && !/\.(?:test|d)\.ts$/.test(name));
  return [...own.filter((name) => !noRule.has(name)).map((name) => `${checks}/${name}`), ...helpers].sort();
}

/**
 * What says what a check is, what lists them, what remembers what they said, and a word list that is made once for the
 * process, so that nothing in it can be switched.
 */
const noRule = new Set(["check.ts", "checks.ts", "remembered.ts", "claims/name-dictionary.ts"]);

const helpers = ["src/domain/quoted-words.ts"];

/** The test files that mutants are tried in: what is quick and near comes first, since most mutants die there. */
export const tests: readonly string[] = [
  "src/domain/quoted-words.test.ts",
  "src/domain/company-name.test.ts",
  "src/domain/consent-standing.test.ts",
  "src/domain/covering-grant.test.ts",
  "src/domain/compose-content.test.ts",
  "src/guardrails/fold.test.ts",
  "src/guardrails/local-hours.test.ts",
  "src/guardrails/stands-until.test.ts",
  "src/guardrails/weigh-clearances.test.ts",
  "src/guardrails/permits.test.ts",
  "src/guardrails/apply-overrides.test.ts",
  "src/guardrails/checks/brand-voice.test.ts",
  "src/guardrails/checks/channel-limits.test.ts",
  "src/guardrails/checks/content-safe.test.ts",
  "src/guardrails/checks/disclosures.test.ts",
  "src/guardrails/checks/profile-special.test.ts",
  "src/guardrails/checks/review-complete.test.ts",
  "src/guardrails/checks/sentiment-fit.test.ts",
  "src/guardrails/checks/left-out.test.ts",
  "src/guardrails/checks/instruction-like.test.ts",
  "src/guardrails/checks/quote-verbatim.test.ts",
  "src/guardrails/checks/claims/folded.test.ts",
  "src/guardrails/checks/claims/text-language.test.ts",
  "src/guardrails/checks/claims/number-words.test.ts",
  "src/guardrails/checks/claims/names.test.ts",
  "src/guardrails/checks/claims/figures.test.ts",
  "src/guardrails/checks/claims/trace-claims.test.ts",
  "src/guardrails/checks/claim-supported.test.ts",
  "src/guardrails/checks/privacy-minimal.test.ts",
  "src/guardrails/checks/own-words.test.ts",
  "src/guardrails/rules-on-text.test.ts",
  "src/guardrails/rules-on-facts.test.ts",
  "src/guardrails/rules-on-proof.test.ts",
  "src/guardrails/tables/decision-tables.test.ts",
];

/**
 * Whether a test, told by its file and name, is about a source. A test of the whole guardrail comes by the conditions of
 * every check and has nothing to say of most of them; trying each there would take an hour.
 */
export function isAbout(test: string, file: string): boolean {
  const [, ofTest] = about.find(([words]) => words.test(test)) ?? [];
  return ofTest === undefined ? !file.startsWith(`${checks}/`) : ofTest.test(file);
}

const about: readonly (readonly [test: RegExp, file: RegExp])[] = [
  [/left-out\.test|quote-verbatim\.test|quote\.verbatim/, /checks\/(?:quote|left)|quoted-words/],
  [/claims\/|claim-supported\.test|claim\.supported|an e-mail's subject/, /checks\/claim/],
  [/instruction-like\.test|content-safe\.test|content\.safe/, /checks\/(?:content|unsafe|instruction)/],
  [/privacy-minimal\.test|privacy\.minimal/, /checks\/privacy/],
  [/disclose\.|disclosures\.test|compose-content\.test/, /disclos/],
  [/channel.limits/, /checks\/channel/],
  [/review.complete/, /checks\/review/],
  [/sentiment.fit/, /checks\/sentiment/],
  [/profile.special/, /checks\/profile/],
  [/brand.voice/, /checks\/brand/],
  [/permits\.test/, /permits|leave/],
  [/stands-until\.test/, /stands-until|freshness/],
  [/weigh-clearances\.test/, /weigh-clearances/],
  [/apply-overrides\.test/, /apply-overrides/],
];
