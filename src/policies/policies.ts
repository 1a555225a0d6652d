import type { StopScope } from "../domain/facts.ts";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import type {
  CheckedRules,
  OwnRules,
  PolicyFile,
  RuleInForce,
  Softening,
  StandingRules,
} from "../guardrails/guardrail.ts";
import type { Queries, Store, Trx } from "../store/store.ts";

/**
 * What this deployment adds to the built-in rules: which set of its own policies stands, when which stood, and what a
 * person may be asked that a built-in rule denies. The database has it; a change stands in this process from its commit
 * on, in others from their next look (`follow`).
 */
export interface Policies {
  /**
   * Makes stand what stood last. Where none ever stood: what the folder has, which is recorded. Throws `config` naming
   * everything that is wrong with what is to stand.
   */
  begin(store: Store, folder: FoundFolder): Promise<Begun>;
  /** Makes stand what another process switched on; true where something changed. */
  follow(store: Store): Promise<boolean>;
  /**
   * Whether what stands in this process is what the transaction sees. Where it is not, a switch was committed by another
   * process, or commits together with this transaction: what was judged is to be judged anew.
   */
  isCurrent(db: Queries): Promise<boolean>;
  standing(): StandingRules & { readonly version: string };
  /** The rules in force now, and the name of their set as a whole. Throws `unavailable` where they can't be switched. */
  rules(): { readonly rulesetVersion: string; readonly items: readonly RuleInForce[] };
  /** What is wrong with a set that is to be switched on. */
  check(files: readonly PolicyFile[]): CheckedRules;
  /** Throws `conflict` where it stands already. `by`: an API key's id, or `command-line`. */
  switchOn(
    trx: Trx,
    given: { readonly rules: OwnRules; readonly reason: string; readonly by: string },
  ): Promise<PolicySwitch>;
  /**
   * To a set that stood before; without one, to the one before the last switch. Throws `not-found` for a set that never
   * stood, `invalid` for one that the built-in rules of today have something against, `conflict` where it stands.
   */
  rollBack(
    trx: Trx,
    given: { readonly version?: string | undefined; readonly reason: string; readonly by: string },
  ): Promise<PolicySwitch>;
  /** Newest first, two hundred at most. */
  history(db: Queries): Promise<readonly PolicySwitch[]>;
  /** Null for a set that never stood. */
  files(db: Queries, version: string): Promise<readonly PolicyFile[] | null>;
  /** Those that have not ended and were not taken back. */
  overrides(db: Queries): Promise<readonly Softening[]>;
  /**
   * Takes the place of the one that stands for the same rule and scope. Throws `not-found` for an unknown rule,
   * `invalid` for one that may not be softened and for an end that is past or more than 90 days ahead, `conflict` for
   * one that a file tightens.
   */
  setOverride(trx: Trx, given: GivenOverride): Promise<Softening>;
  /** False where it is not one that stands. */
  clearOverride(trx: Trx, overrideId: string, by: string): Promise<boolean>;
}

export interface GivenOverride {
  readonly rule: string;
  readonly scope: StopScope;
  /** `*` for the global scope, else a channel, or the id of a playbook or an asset. */
  readonly target: string;
  readonly reason: string;
  /** Milliseconds UTC. */
  readonly until: number;
  readonly by: string;
}

/** The folder of a deployment's own rules as it was read, and what could not be read in it. */
export interface FoundFolder {
  readonly path: string;
  readonly files: readonly PolicyFile[];
  readonly problems: readonly PolicyProblem[];
}

/** One set in the place of another. `none` is the set that adds nothing. */
export interface PolicySwitch {
  readonly switchId: number;
  readonly from: string;
  readonly to: string;
  /** `folder`: found at the first start. `switched`: by a call. */
  readonly origin: "folder" | "switched";
  readonly reason: string;
  readonly by: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** How a start would find it. */
export interface Looked extends Begun {
  /** The switch by which it stands; null where none was ever made. */
  readonly last: PolicySwitch | null;
  readonly overrides: readonly Softening[];
  /** Why it can't begin: of what was recorded where something was, else of the folder. */
  readonly problems: readonly PolicyProblem[];
}

/** How it began, for the log. */
export interface Begun {
  readonly version: string;
  readonly warnings: readonly string[];
}
