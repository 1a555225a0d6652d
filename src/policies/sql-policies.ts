import { z } from "zod";
import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { OwnRules, PolicyFile, RulePack, StandingRules, SwitchableGuardrail } from "../guardrails/guardrail.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import type { Queries, Trx } from "../store/store.ts";
import { makeOverrides } from "./overrides.ts";
import type { Policies, PolicySwitch } from "./policies.ts";

interface PoliciesDeps {
  readonly pack: RulePack;
  /** Null where the rules are given from outside, as in a replay: then nothing is switched here. */
  readonly guardrail: Pick<SwitchableGuardrail, "prepare" | "rulesAt" | "rulesetVersionAt"> | null;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Sets, switches and overrides in the database; the reasons are free text, of which the audit log holds the digest only. */
export function makePolicies({ pack, guardrail, audit, clock, ids }: PoliciesDeps): Policies {
  let current: StandingRules & { readonly version: string } = { own: null, softenings: [], version: none };
  const overrides = makeOverrides({ pack, audit, clock, ids, tightenings: () => current.own?.tightenings ?? [] });

  /** What the rows say, checked against the built-in rules of today. */
  async function read(db: Queries) {
    const last = await lastSwitch(db);
    const version = last?.to ?? none;
    const files = (await filesOf(db, version)) ?? [];
    const { rules, problems, warnings } = pack.check(files, { now: clock.now(), when: "starting" });
    const own = rules === null || rules.files.length === 0 ? null : rules;
    return { standing: { own, softenings: await overrides.all(db), version }, problems, warnings };
  }

  /** Makes stand what the transaction has written, once it is committed. */
  async function stand(trx: Trx): Promise<void> {
    const switchable = verified(guardrail);
    const { standing, problems } = await read(trx);
    if (problems.length > 0) throw notUsable(problems);
    const make = switchable.prepare(standing);
    trx.afterCommit(() => {
      make();
      current = standing;
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
    await stand(trx);
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
      if (guardrail === null) return { version: none, origin: "folder", warnings: [] };
      const last = await lastSwitch(store.read);
      const found = pack.check(folder, { now: clock.now(), when: "starting" });
      const warnings = found.warnings.map(problemWords);
      if (last?.origin === "switched") {
        if (found.rules?.version !== last.to && folder.length > 0)
          warnings.push(`The folder of policies is not what was switched on last (${last.to}), and is not read.`);
      } else {
        if (found.rules === null) throw notUsable(found.problems, "config");
        const { version, files } = found.rules;
        if (version !== (last?.to ?? none)) {
          await store.write(async (trx) => {
            await keep(trx, none, []);
            await keep(trx, version, files);
            const reason = "Read from the folder at a start.";
            await switchTo(trx, version, { origin: "folder", reason, by: "start" });
          });
        }
      }
      const { standing, problems } = await read(store.read);
      if (problems.length > 0) {
        const words = `Switched on before, it does not fit the rules of this version. Start the version that it was switched on with, switch on a set that \`vouchsafe policies check\` of this version accepts, and update then`;
        throw notUsable(problems, "config", words);
      }
      guardrail.prepare(standing)();
      current = standing;
      return { version: standing.version, origin: last?.origin ?? "folder", warnings };
    },
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
      await stand(trx);
      return made;
    },
    async clearOverride(trx, rule, by) {
      const isCleared = await overrides.clear(trx, rule, by);
      if (isCleared) await stand(trx);
      return isCleared;
    },
  };
}

/** The set that adds nothing. */
const none: OwnRules["version"] = "none";

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

/** `invalid` for whoever asked for it, `config` at a start. */
export function notUsable(
  problems: readonly PolicyProblem[],
  code: "invalid" | "config" = "invalid",
  what = "The deployment's own rules are not usable",
): AppError {
  const lines = problems.map(problemWords);
  return new AppError(code, `${what}:\n${lines.join("\n")}`, {
    fields: problems.map((one) => ({ pointer: `/files/${one.file}`, message: problemWords(one) })),
  });
}
