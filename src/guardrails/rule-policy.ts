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
  /** Where it stands. */
  readonly file: string;
  readonly line: number;
}
