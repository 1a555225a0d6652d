import { readdirSync, readFileSync } from "node:fs";
import { policySetTextToParts, policyToJson } from "@cedar-policy/cedar-wasm/nodejs";
import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { effect } from "../domain/finding.ts";

/** One Cedar policy with what its annotations say of it. */
export interface RulePolicy {
  /** What Cedar answers with: the rule id, and `/part` where a rule has several policies. */
  readonly key: string;
  readonly rule: string;
  readonly effect: "review" | "hold" | "deny";
  /** Words for a finding when the rule holds and when it does not. */
  readonly holds: string;
  readonly reason: string;
  readonly source: string;
  /** The question is about the asset version alone, and a clearance answers it for every lead. */
  readonly about: "version" | null;
  /** Milliseconds UTC; in force from the first until before the second. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  readonly text: string;
}

export interface PolicyFiles {
  readonly schema: string;
  /** The permit that the forbids cut down. */
  readonly base: string;
  readonly rules: readonly RulePolicy[];
  /** Grows with every change of the pack that is not a new date of force. */
  readonly revision: number;
}

const revision = 3;

/** Reads every policy beside this module. Throws `config` naming the file and what is wrong with it. */
export function loadPolicyFiles(): PolicyFiles {
  const { schema, files } = policySources();
  return toPolicyFiles(schema, files);
}

/** The texts as they stand beside this module. */
export function policySources() {
  const names = readdirSync(folder).filter((name) => name.endsWith(".cedar"));
  return {
    schema: readFileSync(new URL("schema.cedarschema", folder), "utf8"),
    files: names.sort().map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") })),
  };
}

export function toPolicyFiles(
  schema: string,
  files: readonly { readonly name: string; readonly text: string }[],
): PolicyFiles {
  const base: string[] = [];
  const rules: RulePolicy[] = [];
  for (const file of files) {
    for (const { text, isPermit, annotations } of policiesOf(file)) {
      if (isPermit) base.push(text);
      else rules.push(toRulePolicy(file.name, text, annotations));
    }
  }
  const keys = new Set(rules.map((rule) => rule.key));
  if (keys.size !== rules.length) throw new AppError("config", "Two policies have the same @id and @part.");
  if (base.length !== 1 || base[0] === undefined)
    throw new AppError("config", `The policies need exactly one permit, the base; there are ${base.length}.`);
  return { schema, base: base[0], rules, revision };
}

const folder = new URL("./policies/", import.meta.url);

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
  effective_from: z.iso.date(),
  effective_to: z.iso.date().optional(),
});

function toRulePolicy(file: string, text: string, annotations: unknown): RulePolicy {
  const parsed = ruleAnnotations.safeParse(annotations);
  if (!parsed.success) throw new AppError("config", `${file}: the annotations of a policy: ${parsed.error.message}`);
  const found = parsed.data;
  return {
    key: found.part === undefined ? found.id : `${found.id}/${found.part}`,
    rule: found.id,
    effect: found.effect,
    holds: found.holds,
    reason: found.reason,
    source: found.source,
    about: found.about ?? null,
    effectiveFrom: Date.parse(found.effective_from),
    effectiveTo: found.effective_to === undefined ? null : Date.parse(found.effective_to),
    text,
  };
}

function policiesOf(file: { readonly name: string; readonly text: string }) {
  const parts = policySetTextToParts(file.text);
  if (parts.type === "failure")
    throw new AppError("config", `${file.name}: ${parts.errors[0]?.message ?? "no policy"}`);
  return parts.policies.map((text) => {
    const parsed = policyToJson(text);
    if (parsed.type === "failure") throw new AppError("config", `${file.name}: ${parsed.errors[0]?.message ?? ""}`);
    return { text, isPermit: parsed.json.effect === "permit", annotations: parsed.json.annotations ?? {} };
  });
}
