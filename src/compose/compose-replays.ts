import type { Decisions } from "../decisions/decisions.ts";
import { deploymentOf } from "../deployment/deployment-of.ts";
import { storedPlaybooks, withEarlierPlaybooks } from "../deployment/earlier-playbooks.ts";
import type { FactGatherer } from "../facts/facts.ts";
import type { StandingRules } from "../guardrails/guardrail.ts";
import { makeOutcomeLog } from "../intake/outcome-log.ts";
import { makeReplays } from "../replay/make-replays.ts";
import type { Replays } from "../replay/replay.ts";
import type { Logger, Metrics } from "../telemetry/telemetry.ts";
import { version } from "../version.ts";
import type { Deciding } from "./compose-deciding.ts";
import { type InMemory, makeOpenSandbox } from "./open-sandbox.ts";
import { readChange } from "./read-change.ts";

/** Replays of what `live` has decided, each in a product of its own in memory. */
export function composeReplays(deps: {
  readonly live: Deciding & { readonly facts: FactGatherer };
  readonly decisions: Decisions;
  /** What the deployment adds to the built-in rules now. */
  readonly standing: () => StandingRules;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly openInMemory: () => Promise<InMemory>;
}): Replays {
  const { live, decisions, metrics, logger } = deps;
  const { deployment } = live;
  return makeReplays({
    live,
    decisions,
    metrics,
    logger,
    clock: live.clock,
    recordings: live.recordings,
    outcomes: makeOutcomeLog(),
    software: version,
    openSandbox: makeOpenSandbox(deps.openInMemory),
    pieces: {
      storedPlaybooks: () => storedPlaybooks(live.store.read),
      toDeployment: (playbooks, stored, profile) =>
        withEarlierPlaybooks(
          deploymentOf({ profile, brand: deployment.brand, taxonomy: deployment.taxonomy, playbooks }),
          stored,
        ),
      readChange: (requested) => readChange(requested, { deployment, standing: deps.standing, clock: live.clock }),
    },
  });
}
