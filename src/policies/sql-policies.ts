import { z } from "zod";
import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { PolicyFile, RulePack, StandingRules, SwitchableGuardrail } from "../guardrails/guardrail.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import { makePreparedQuery } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import { folderWarnings } from "./folder-warnings.ts";
import { makeOverrides } from "./overrides.ts";
import type { Policies, PolicySwitch } from "./policies.ts";

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

export interface Standing extends StandingRules {
  readonly version: string;
  /** Of `policy_state`. */
  readonly stamp: number;
}

/** Sets, switches and overrides in the database; the reasons are free text, of which the audit log holds the digest only. */
export function makePolicies({ pack, guardrail, audit, clock, ids, onStand }: PoliciesDeps): Policies {
  let current: Standing = { own: null, softenings: [], version: none, stamp: 0 };
  const stamps = makePreparedQuery((db: Queries) => db.selectFrom("policy_state").select("stamp").where("id", "=", 1));
  const stampOf = async (db: Queries) => (await stamps(db, {}))[0]?.stamp ?? 0;
  const overrides = makeOverrides({ pack, audit, clock, ids, tightenings: () => current.own?.tightenings ?? [] });

  /** What the rows say, checked against the built-in rules of today. */
  async function read(db: Queries) {
    const last = await lastSwitch(db);
    const version = last?.to ?? none;
    const files = (await filesOf(db, version)) ?? [];
    const { rules, problems } = pack.check(files, { now: clock.now(), when: "starting" });
    const own = rules === null || rules.files.length === 0 ? null : rules;
    const standing: Standing = { own, softenings: await overrides.all(db), version, stamp: await stampOf(db) };
    return { last, standing, problems };
  }

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
    const { standing, problems } = await read(trx);
    if (problems.length > 0) throw notUsable(problems, "invalid", "The deployment's own rules are not usable");
    const make = switchable.prepare(standing);
    trx.afterCommit(() => {
      make();
      current = standing;
      onStand?.(standing);
    });
  }

  async function switchTo(trx: Trx, to: string, given: Pick<PolicySwitch, "origin" | "reason" | "by">) {
    const from = (await lastSwitch(trx))?.to ?? none;
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
      const found = pack.check(folder.files, { now: clock.now(), when: "starting" });
      const problems = [...folder.problems, ...found.problems];
      const before = await read(store.read);
      if (before.problems.length > 0) throw notUsable(before.problems, "config", unfit(before.standing.version));
      // Also where no set ever stood: there may be overrides.
      switchable.prepare(before.standing)();
      current = before.standing;
      if (before.last !== null) {
        const version = problems.length > 0 ? null : (found.rules?.version ?? none);
        return { version: current.version, warnings: folderWarnings(before.last, { version, problems }) };
      }
      if (found.rules === null || problems.length > 0)
        throw notUsable(problems, "config", "The deployment's own rules are not usable");
      const { version, files } = found.rules;
      if (version !== none) {
        await store.write(async (trx) => {
          await keep(trx, version, files);
          await switchTo(trx, version, { origin: "folder", reason: "Found at the first start.", by: "start" });
        });
      }
      return { version, warnings: found.warnings.map(problemWords) };
    },
    async follow(store) {
      if (guardrail === null || (await stampOf(store.read)) === current.stamp) return false;
      // In the queue of this process's own writes: what it commits itself meanwhile is not undone by what was read before.
      await store.write(stand);
      return true;
    },
    isCurrent: async (db) => guardrail === null || (await stampOf(db)) === current.stamp,
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
      const to = version ?? (await lastSwitch(trx))?.from;
      if (to === undefined)
        throw new AppError("conflict", "No set was ever switched on, so there is none to go back to.");
      if (to === none) await keep(trx, none, []);
      if ((await filesOf(trx, to)) === null) throw new AppError("not-found", `No set ${to} ever stood here.`);
      return switchTo(trx, to, { origin: "switched", reason, by });
    },
    async history(db) {
      const rows = await db.selectFrom("policy_switches").selectAll().orderBy("switch_id", "desc").limit(200).execute();
      return rows.map(toSwitch);
    },
    files: filesOf,
    overrides: overrides.all,
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

/** The set that adds nothing. */
const none = "none";

async function lastSwitch(db: Queries): Promise<PolicySwitch | null> {
  const row = await db
    .selectFrom("policy_switches")
    .selectAll()
    .orderBy("switch_id", "desc")
    .limit(1)
    .executeTakeFirst();
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

function verified<G>(guardrail: G | null): G {
  if (guardrail !== null) return guardrail;
  throw new AppError("unavailable", "The rules of this process were given to it, and are not switched here.");
}

function unfit(version: string): string {
  return `The set ${version} stands, and does not fit the rules of this release. Switch on a mended one (vouchsafe policies switch-on), or start the release before`;
}

/** `invalid` for whoever asked for it, `config` at a start. */
function notUsable(problems: readonly PolicyProblem[], code: "invalid" | "config", what: string): AppError {
  const lines = problems.map(problemWords);
  return new AppError(code, `${what}:\n${lines.join("\n")}`, {
    fields: problems.map((one) => ({ pointer: `/files/${one.file}`, message: problemWords(one) })),
  });
}
