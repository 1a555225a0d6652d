import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import {
  type Context,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from "@cedar-policy/cedar-wasm/nodejs";
import { AppError } from "../domain/errors.ts";

export interface CedarPolicies {
  readonly schema: string;
  readonly base: string;
  readonly rules: readonly { readonly key: string; readonly text: string }[];
}

// V8 11.3 (Node 20) aborts the process when a call into WebAssembly that it has inlined is deoptimised while it returns a
// reference, which every call into this engine does: after some thousand calls, and with no exception to catch.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

/** The keys of every forbid that fires, or what kept the engine from a whole answer. Never throws. */
export type CedarAnswer = { readonly fired: readonly string[] } | { readonly failure: string };

export interface CedarEngine {
  answer(context: Context): CedarAnswer;
}

/**
 * Parses the policies once and keeps them in the engine. Throws `config` when they don't parse or don't validate
 * against the schema, so that a broken rule stops the start instead of being skipped.
 */
export function makeCedarEngine({ schema, base, rules }: CedarPolicies): CedarEngine {
  // A record, since Cedar takes ids from its keys and not from @id.
  const staticPolicies = Object.fromEntries([[baseKey, base], ...rules.map((rule) => [rule.key, rule.text])]);
  const validation = validate({ schema, policies: { staticPolicies } });
  if (validation.type === "failure")
    throw new AppError("config", `The policies don't parse: ${validation.errors[0]?.message ?? "unknown"}`);
  const invalid = validation.validationErrors[0] ?? validation.validationWarnings[0];
  if (invalid) throw new AppError("config", `Policy ${invalid.policyId} is not valid: ${invalid.error.message}`);
  // Named by content: the engine's cache is one per process, and two sets in it must not meet.
  const name = createHash("sha256")
    .update(JSON.stringify([schema, staticPolicies]))
    .digest("hex");
  for (const parsed of [preparseSchema(name, schema), preparsePolicySet(name, { staticPolicies })])
    if (parsed.type === "failure")
      throw new AppError("config", `The policies don't parse: ${parsed.errors[0]?.message ?? "unknown"}`);

  const ask = (context: Context): CedarAnswer => {
    try {
      const answer = statefulIsAuthorized({
        principal: lead,
        action: publish,
        resource: placement,
        context,
        preparsedSchemaName: name,
        validateRequest: true,
        preparsedPolicySetId: name,
        entities: [],
      });
      if (answer.type === "failure") return { failure: "The rules could not be asked." };
      const { decision, diagnostics } = answer.response;
      // A policy that errors is skipped by Cedar: the others' answer is not the whole answer.
      if (diagnostics.errors.length > 0) return { failure: "A rule could not be evaluated." };
      if (decision === "allow") return { fired: [] };
      if (diagnostics.reason.length === 0) return { failure: "The engine denied without a rule." };
      return { fired: diagnostics.reason };
    } catch {
      return { failure: "The engine failed." };
    }
  };
  // The policies are pure functions of the context, and contexts repeat from lead to lead: most of the cost of a
  // question is carrying it into the engine. A failure is not an answer and is asked again.
  const answers = new Map<string, CedarAnswer>();
  return {
    answer(context) {
      const key = JSON.stringify(context);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const answer = ask(context);
      if ("failure" in answer) return answer;
      if (answers.size >= maxAnswers) answers.clear();
      answers.set(key, answer);
      return answer;
    },
  };
}

const maxAnswers = 4096;
const baseKey = "base";
// What differs between two requests is in the context; the entities only name the kind of question.
const lead = { type: "Lead", id: "lead" };
const placement = { type: "Placement", id: "placement" };
const publish = { type: "Action", id: "publish" };
