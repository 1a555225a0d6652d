import type { AuditLog } from "../audit/audit.ts";
import type { Config } from "../config.ts";
import { isAppError } from "../domain/errors.ts";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import { makeGuardrail } from "../guardrails/cedar-guardrail.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import { makeRulePack } from "../guardrails/own-rules.ts";
import { loadPolicyFiles } from "../guardrails/policy-files.ts";
import { readPolicyFolder } from "../guardrails/read-policy-folder.ts";
import type { Policies } from "../policies/policies.ts";
import { makePolicies } from "../policies/sql-policies.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import type { Logger } from "../telemetry/telemetry.ts";

/**
 * The rules that decisions are judged by: the built-in pack with what this deployment adds, which can be switched while
 * decisions are made. Where a guardrail is given it stands as it is. Throws `config` for rules that are not usable.
 */
export async function composePolicies(deps: {
  readonly given: Guardrail | undefined;
  readonly config: Pick<Config, "policiesDir" | "isPoliciesDirNamed">;
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly onFault: (error: unknown) => void;
  /** What stands need not be usable. */
  readonly isMending: boolean;
}): Promise<{ readonly guardrail: Guardrail; readonly policies: Policies }> {
  const { given, config, store, clock, logger } = deps;
  const files = loadPolicyFiles();
  const pack = makeRulePack(files);
  if (given) return { guardrail: given, policies: makePolicies({ ...deps, pack, guardrail: null }) };
  const guardrail = await makeGuardrail(files);
  const ruleset = () => guardrail.rulesetVersionAt(clock.now());
  const policies = makePolicies({
    ...deps,
    pack,
    guardrail,
    onStand({ version, softenings }) {
      const overrides = softenings.map(({ overrideId }) => overrideId);
      logger.info(
        { ruleset: ruleset(), policies: version, overrides },
        "decisions are judged by other rules from now on",
      );
    },
  });
  const problems: PolicyProblem[] = [];
  const folder = readPolicyFolder(config.policiesDir, { mustExist: config.isPoliciesDirNamed }, problems);
  try {
    const { version, warnings } = await policies.begin(store, { path: config.policiesDir, files: folder, problems });
    for (const warning of warnings) logger.warn({ policies: version }, warning);
    logger.info({ ruleset: ruleset(), policies: version }, "decisions are judged by these rules");
  } catch (error) {
    if (!deps.isMending || !isAppError(error) || error.code !== "config") throw error;
    logger.warn({ err: error }, "the policies that stand are not usable");
  }
  return { guardrail, policies: followingWhenBehind(policies, deps) };
}

/** What was to be published under rules that stand no more is judged anew at once, so those that stand are fetched. */
function followingWhenBehind(
  policies: Policies,
  { store, onFault }: { readonly store: Store; readonly onFault: (error: unknown) => void },
): Policies {
  return {
    ...policies,
    async isCurrent(db) {
      const isCurrent = await policies.isCurrent(db);
      if (!isCurrent) setImmediate(() => void policies.follow(store).catch(onFault));
      return isCurrent;
    },
  };
}
