import { type DetailedError, type PolicyJson, policySetTextToParts } from "@cedar-policy/cedar-wasm/nodejs";
import { z } from "zod";
import { effect } from "../domain/finding.ts";
import { nearest } from "../domain/nearest.ts";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import type { PolicyFile } from "./guardrail.ts";
import { policyJson } from "./policy-json.ts";

/** One policy of a file as it stands there. */
export interface ReadPolicy {
  readonly file: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly json: PolicyJson;
}

/** Every policy of a file. What is wrong with its syntax is added to `problems`, and then there is none. */
export function readPolicies({ name, text }: PolicyFile, problems: PolicyProblem[]): readonly ReadPolicy[] {
  const parts = policySetTextToParts(text);
  if (parts.type === "failure") {
    problems.push(syntaxProblem(name, text, parts.errors));
    return [];
  }
  if (parts.policy_templates.length > 0) {
    const message = "it is a template (?principal or ?resource), which never fires; write the policy out";
    problems.push({ file: name, line: null, rule: null, message });
    return [];
  }
  // A file may hold the same text twice: each is looked for after the one before it.
  const ends = new Map<string, number>();
  return parts.policies.flatMap((policy) => {
    const start = text.indexOf(policy, ends.get(policy) ?? 0);
    ends.set(policy, start + policy.length);
    const line = lineAt(text, start);
    const parsed = policyJson(policy);
    if (parsed.type === "failure") {
      const message = parsed.errors.map((error) => error.message).join("; ");
      problems.push({ file: name, line, rule: null, message });
      return [];
    }
    return [{ file: name, line, text: policy, json: parsed.json }];
  });
}

export type RuleAnnotations = z.infer<typeof ruleAnnotations>;

/** What the annotations say; each that is missing, unknown or wrong is added to `problems`. */
export function annotationsOf({ file, line, json }: ReadPolicy, problems: PolicyProblem[]): RuleAnnotations | null {
  const given = json.annotations ?? {};
  const parsed = ruleAnnotations.safeParse(given);
  if (parsed.success) return parsed.data;
  const rule = typeof given.id === "string" ? given.id : null;
  for (const issue of parsed.error.issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        const near = nearest(key, Object.keys(ruleAnnotations.shape)).map((one) => `@${one}`);
        const message = `@${key} is not an annotation${near.length > 0 ? `; near it: ${near.join(", ")}` : ""}`;
        problems.push({ file, line, rule, message });
      }
    } else {
      const [name] = issue.path;
      const isMissing = given[String(name)] === undefined;
      const message = `@${String(name)} ${isMissing ? "is missing" : "is not usable"}: ${meanings[String(name)] ?? issue.message}`;
      problems.push({ file, line, rule, message });
    }
  }
  return null;
}

/** The line of a place in a text, counted from 1. */
export function lineAt(text: string, place: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < place; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** The line of a place that Cedar names, which it counts in bytes of UTF-8. */
export function lineOfByte(text: string, byte: number): number {
  return lineAt(text, new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, byte)).length);
}

/** Words of an error of Cedar's, without the key that it knows the policy by. */
export function cedarWords({ message, help }: DetailedError): string {
  const words = message.replace(/^for policy `[^`]*`, /, "");
  return help === null ? words : `${words} (${help})`;
}

function syntaxProblem(file: string, text: string, errors: readonly DetailedError[]): PolicyProblem {
  const all = errors.flatMap((error) => [error, ...(error.related ?? [])]);
  const placed = all.map((error) => ({ error, place: error.sourceLocations?.[0]?.start ?? text.length }));
  // What stands first is what is wrong; what follows from it comes later in the file.
  const [first] = placed.sort((a, b) => a.place - b.place);
  const line = first ? lineOfByte(text, first.place) : null;
  return { file, line, rule: null, message: `not Cedar: ${first ? cedarWords(first.error) : "it cannot be read"}` };
}

const date = z.iso.date();
const ruleAnnotations = z.strictObject({
  id: z.string().regex(/^[a-z-]+(\.[a-z-]+)?$/),
  part: z
    .string()
    .regex(/^[a-z-]+$/)
    .optional(),
  effect: effect.exclude(["allow"]),
  holds: z.string().min(1),
  reason: z.string().min(1),
  source: z.string().min(1),
  about: z.literal("version").optional(),
  effective_from: date,
  effective_to: date.optional(),
});

const meanings: Readonly<Record<string, string>> = {
  id: 'the rule\'s name, such as @id("own.sector"): small letters and hyphens, at most one dot',
  part: "small letters and hyphens, where a rule has several policies",
  effect: "review, hold or deny, what follows when the policy fires",
  holds: "the words of a finding when the rule holds",
  reason: "the words of a finding when the policy fires",
  source: "where the rule comes from",
  about: '@about("version"), or none',
  effective_from: 'the first day on which it is in force, such as @effective_from("2027-01-01")',
  effective_to: "the first day on which it no longer is",
};
