import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import type { PolicyFile, RulePack, SwitchableGuardrail } from "../guardrails/guardrail.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import { makeOverrides } from "./overrides.ts";
import type { Policies, PolicySwitch } from "./policies.ts";
import { makePolicyRows, noSet, type Standing } from "./policy-rows.ts";

interface PoliciesDeps {
  readonly pack: RulePack;
  /** Null where the rules are given from outside, as in a replay: then nothing is switched here. */
  readonly guardrail: Pick<SwitchableGuardrail, "prepare" | "rulesAt" | "rulesetVersionAt"> | null;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Ids;
  /** For the log: other rules stand from now on. */
  readonly onStand?: (standing: Standing) => void;
}

/** Sets, switches and overrides in the database; the reasons are free text, of which the audit log holds the digest only. */
export function makePolicies({ pack, guardrail, audit, clock, ids, onStand }: PoliciesDeps): Policies {
  let current: Standing = { own: null, softenings: [], version: noSet, stamp: 0 };
  const rows = makePolicyRows({ pack, clock });
  const overrides = makeOverrides({ pack, audit, clock, ids, tightenings: () => current.own?.tightenings ?? [] });

  /** For every process to see that other rules stand, and for this one to have them stand once it is committed. */
  async function changed(trx: Trx): Promise<void> {
    await trx
      .updateTable("policy_state")
      .set(({ eb }) => ({ stamp: eb("stamp", "+", 1) }))
      .execute();
    await stand(trx);
  }

  /** Makes stand what the transaction sees, once it is committed. */
  async function stand(trx: Trx): Promise<void> {
    const switchable = verified(guardrail);
    const { standing, problems } = await rows.standing(trx);
    if (problems.length > 0) throw notUsable(problems, "invalid", ownRulesUnusable);
    const make = switchable.prepare(standing);
    trx.afterCommit(() => {
      make();
      current = standing;
      onStand?.(standing);
    });
  }

  async function switchTo(trx: Trx, to: string, given: Pick<PolicySwitch, "origin" | "reason" | "by">) {
    const from = (await rows.lastSwitch(trx))?.to ?? noSet;
    if (from === to) throw new AppError("conflict", `The set ${to} stands already.`);
    const row = { from_version: from, to_version: to, ...given, at: clock.now() };
    const made = await trx.insertInto("policy_switches").values(row).returning("switch_id").executeTakeFirstOrThrow();
    const { origin, reason, by } = given;
    await audit.append(trx, {
      kind: "policies.switched",
      subject: `policies:${to}`,
      body: { from, to, origin, by, reasonSha: jsonDigest(reason) },
    });
    await changed(trx);
    return { switchId: made.switch_id, from, to, ...given, at: row.at };
  }

  async function keep(trx: Trx, version: string, files: readonly PolicyFile[]): Promise<void> {
    await trx
      .insertInto("policy_sets")
      .values({ version, files_json: JSON.stringify(files), stored_at: clock.now() })
      .onConflict((conflict) => conflict.column("version").doNothing())
      .execute();
  }

  return {
    async begin(store, folder) {
      const switchable = verified(guardrail);
      const { last, version, problems, warnings } = await rows.look(store.read, folder);
      if (problems.length > 0) throw notUsable(problems, "config", last ? unfit(last.to) : ownRulesUnusable);
      // Also where no set ever stood: there may be overrides.
      const { standing } = await rows.standing(store.read);
      switchable.prepare(standing)();
      current = standing;
      if (last === null && version !== noSet) {
        const reason = `Found in ${folder.path} at the first start.`;
        await store.write(async (trx) => {
          await keep(trx, version, folder.files);
          await switchTo(trx, version, { origin: "folder", reason, by: "start" });
        });
      }
      return { version, warnings };
    },
    async follow(store) {
      if (guardrail === null || (await rows.stamp(store.read)) === current.stamp) return false;
      // In the queue of this process's own writes: what it commits itself meanwhile is not undone by what was read before.
      await store.write(stand);
      return true;
    },
    isCurrent: async (db) => guardrail === null || (await rows.stamp(db)) === current.stamp,
    standing: () => current,
    rules() {
      const now = clock.now();
      const { rulesetVersionAt, rulesAt } = verified(guardrail);
      return { rulesetVersion: rulesetVersionAt(now), items: rulesAt(now) };
    },
    check: (files) => pack.check(files, { now: clock.now(), when: "switching" }),
    async switchOn(trx, { rules, reason, by }) {
      await keep(trx, rules.version, rules.files);
      return switchTo(trx, rules.version, { origin: "switched", reason, by });
    },
    async rollBack(trx, { version, reason, by }) {
      const to = version ?? (await rows.lastSwitch(trx))?.from;
      if (to === undefined)
        throw new AppError("conflict", "No set was ever switched on, so there is none to go back to.");
      if (to === noSet) await keep(trx, noSet, []);
      if ((await rows.files(trx, to)) === null) throw new AppError("not-found", `No set ${to} ever stood here.`);
      return switchTo(trx, to, { origin: "switched", reason, by });
    },
    history: rows.history,
    files: rows.files,
    overrides: rows.overrides,
    async setOverride(trx, given) {
      const made = await overrides.set(trx, given);
      await changed(trx);
      return made;
    },
    async clearOverride(trx, overrideId, by) {
      const isCleared = await overrides.clear(trx, overrideId, by);
      if (isCleared) await changed(trx);
      return isCleared;
    },
  };
}

function verified<G>(guardrail: G | null): G {
  if (guardrail !== null) return guardrail;
  throw new AppError("unavailable", "The rules of this process were given to it, and are not switched here.");
}

const ownRulesUnusable = "The deployment's own rules are not usable";

function unfit(version: string): string {
  return `The set ${version} stands, and does not fit the rules of this release. Stop the service and switch on a mended one (vouchsafe policies switch-on <folder>), or start the release before`;
}

/** `invalid` for whoever asked for it, `config` at a start. */
function notUsable(problems: readonly PolicyProblem[], code: "invalid" | "config", what: string): AppError {
  const lines = problems.map(problemWords);
  return new AppError(code, `${what}:\n${lines.join("\n")}`, {
    fields: problems.map((one) => ({ pointer: `/files/${one.file}`, message: problemWords(one) })),
  });
}
