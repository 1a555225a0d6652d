import type { Brand } from "../domain/brand.ts";
import type { DeployerProfile, Taxonomy } from "../domain/deployer-profile.ts";
import type { EventType } from "../domain/event.ts";
import type { KillSwitch } from "../domain/facts.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { Stage } from "../domain/vocabulary.ts";
import type { Queries, Trx } from "../store/store.ts";

/** The deployment's own data, loaded from YAML at start and checked whole: who it is, its words, its playbooks. */
export interface Deployment {
  readonly profile: DeployerProfile;
  /** Null where there is no brand file: then no e-mail is sent. */
  readonly brand: Brand | null;
  readonly taxonomy: TermIndex;
  readonly playbooks: readonly Playbook[];
  playbook(id: string, version: number): Playbook | null;
  /** The playbook for a moment, among the newest versions; null when none matches. */
  choosePlaybook(moment: Moment): Playbook | null;
}

/** What a playbook's `when` is matched against. */
export interface Moment {
  readonly eventType: EventType;
  readonly stage: Stage;
  readonly persona: string | null;
  /** Path of a viewed page, null for other events. */
  readonly path: string | null;
}

export interface TermIndex {
  readonly terms: Taxonomy;
  /** Null when the term is known; otherwise words that name the nearest ones. */
  problem(vocabulary: keyof Taxonomy, term: string): string | null;
  /** Themes and objections whose phrases the text contains. */
  read(text: string): { readonly themes: readonly string[]; readonly objections: readonly string[] };
}

/** Stops that an operator sets: everything, a channel, a playbook, an asset. */
export interface KillSwitches {
  active(db: Queries): Promise<readonly KillSwitch[]>;
  set(trx: Trx, stop: KillSwitch, by: string): Promise<void>;
  /** False when no such stop was set. */
  clear(trx: Trx, stop: Pick<KillSwitch, "scope" | "target">, by: string): Promise<boolean>;
}
