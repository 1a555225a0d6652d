import { z } from "zod";
import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import { fitStored, parseStored } from "../domain/stored-json.ts";
import type { PolicyFile, RulePack, Softening, StandingRules } from "../guardrails/guardrail.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery } from "../store/prepared-query.ts";
import type { Queries } from "../store/store.ts";
import { folderWarnings } from "./folder-warnings.ts";
import type { FoundFolder, Looked, PolicySwitch } from "./policies.ts";

/** What the rows say stands. */
export interface Standing extends StandingRules {
  readonly version: string;
  /** Of `policy_state`. */
  readonly stamp: number;
}

/** The set that adds nothing. */
export const noSet = "none";

/** What is stored about policies, read and checked against the built-in rules of today. */
export function makePolicyRows({ pack, clock }: { readonly pack: RulePack; readonly clock: Clock }) {
  const stamps = makePreparedQuery((db: Queries) => db.selectFrom("policy_state").select("stamp").where("id", "=", 1));
  const stamp = async (db: Queries) => (await stamps(db, {}))[0]?.stamp ?? 0;

  async function standing(db: Queries): Promise<{
    readonly last: PolicySwitch | null;
    readonly standing: Standing;
    readonly problems: readonly PolicyProblem[];
  }> {
    const last = await lastSwitch(db);
    const version = last?.to ?? noSet;
    const files = (await filesOf(db, version)) ?? [];
    const { rules, problems } = pack.check(files, { now: clock.now(), when: "starting" });
    const own = rules === null || rules.files.length === 0 ? null : rules;
    const softenings = await overrides(db);
    return { last, standing: { own, softenings, version, stamp: await stamp(db) }, problems };
  }

  async function overrides(db: Queries): Promise<readonly Softening[]> {
    const rows = await openOverrides(db, clock.now()).orderBy("rule").orderBy("override_id").execute();
    return rows.map((row) => ({
      overrideId: row.override_id,
      rule: row.rule,
      scope: fitStored("scope of an override", scope, row.scope),
      target: row.target,
      by: row.set_by,
      reason: row.reason,
      from: row.set_at,
      until: row.ends_at,
    }));
  }

  return {
    stamp,
    standing,
    overrides,
    /** How a start would find it. */
    async look(db: Queries, folder: FoundFolder): Promise<Looked> {
      const recorded = await standing(db);
      const { last } = recorded;
      const found = pack.check(folder.files, { now: clock.now(), when: "starting" });
      const problems = [...folder.problems, ...found.problems];
      const version = problems.length > 0 ? null : (found.rules?.version ?? noSet);
      const common = { last, overrides: recorded.standing.softenings };
      if (last === null) {
        return { ...common, version: version ?? noSet, problems, warnings: found.warnings.map(problemWords) };
      }
      const warnings = folderWarnings(last, { path: folder.path, version, problems });
      return { ...common, version: last.to, problems: recorded.problems, warnings };
    },
    async history(db: Queries): Promise<readonly PolicySwitch[]> {
      return (await switches(db).limit(200).execute()).map(toSwitch);
    },
    lastSwitch,
    files: filesOf,
  };
}

/** Those that have not ended and were not taken back. */
export function openOverrides(db: Queries, now: number) {
  return db.selectFrom("policy_overrides").selectAll().where("cleared_at", "is", null).where("ends_at", ">", now);
}

const scope = z.enum(["global", "channel", "playbook", "asset"]);

/** Newest first. */
function switches(db: Queries) {
  return db.selectFrom("policy_switches").selectAll().orderBy("switch_id", "desc");
}

async function lastSwitch(db: Queries): Promise<PolicySwitch | null> {
  const row = await switches(db).limit(1).executeTakeFirst();
  return row === undefined ? null : toSwitch(row);
}

async function filesOf(db: Queries, version: string): Promise<readonly PolicyFile[] | null> {
  const row = await db.selectFrom("policy_sets").select("files_json").where("version", "=", version).executeTakeFirst();
  return row === undefined ? null : parseStored("set of policies", storedFiles, row.files_json);
}

const storedFiles = z.array(z.strictObject({ name: z.string(), text: z.string() }));

function toSwitch(row: {
  switch_id: number;
  from_version: string;
  to_version: string;
  origin: string;
  reason: string;
  by: string;
  at: number;
}): PolicySwitch {
  const { switch_id: switchId, from_version: from, to_version: to, reason, by, at } = row;
  return { switchId, from, to, origin: row.origin === "switched" ? "switched" : "folder", reason, by, at };
}
