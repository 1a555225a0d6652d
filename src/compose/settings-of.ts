import type { Deployment } from "../deployment/deployment.ts";
import type { EmailSetup } from "../domain/facts.ts";
import { jsonDigest } from "../domain/hash.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import type { Planner } from "../planners/planner.ts";
import type { RecordedSettings } from "../recordings/recording.ts";
import type { Clock } from "../runtime/runtime.ts";
import { version } from "../version.ts";

/** What decisions are made under, for their recordings: the same from start to end but for the rules and the links of e-mails. */
export function settingsOf(deps: {
  readonly guardrail: Guardrail;
  readonly planner: Planner;
  /** As its files have it. */
  readonly deployment: Deployment;
  readonly email: () => EmailSetup | null;
  readonly clock: Clock;
}): () => RecordedSettings {
  const { guardrail, planner, deployment, email, clock } = deps;
  const fixed = {
    software: version,
    planner: { kind: planner.kind, version: planner.version },
    taxonomy: jsonDigest(deployment.taxonomy.terms),
    profile: deployment.profile,
    voice: deployment.brand?.voice ?? null,
    playbooks: deployment.playbooks.map((one) => ({ id: one.id, version: one.version, digest: jsonDigest(one) })),
  };
  return () => ({ ...fixed, ruleset: guardrail.rulesetVersionAt(clock.now()), email: email() });
}
