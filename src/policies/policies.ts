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
 * person may be asked that a built-in rule denies. A change stands from its commit on, in this process without a restart.
 */
export interface Policies {
  /**
   * Makes stand what stood last. What a folder has stands until a set was switched on by a call. Throws `config` naming
   * everything that is wrong with it.
   */
  begin(store: Store, folder: readonly PolicyFile[]): Promise<Begun>;
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
   * Takes the place of the one that stands for the rule. Throws `not-found` for an unknown rule, `invalid` for one that
   * may not be softened and for an end that is past or more than a year ahead, `conflict` for one that a file tightens.
   */
  setOverride(
    trx: Trx,
    given: { readonly rule: string; readonly reason: string; readonly until: number; readonly by: string },
  ): Promise<Softening>;
  /** False where none stands. */
  clearOverride(trx: Trx, rule: string, by: string): Promise<boolean>;
}

/** One set in the place of another. `none` is the set that adds nothing. */
export interface PolicySwitch {
  readonly switchId: number;
  readonly from: string;
  readonly to: string;
  readonly origin: "folder" | "switched";
  readonly reason: string;
  readonly by: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** How it began, for the log. */
export interface Begun {
  readonly version: string;
  readonly origin: PolicySwitch["origin"];
  readonly warnings: readonly string[];
}
