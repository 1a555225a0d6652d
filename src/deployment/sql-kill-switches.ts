import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import type { KillSwitch, StopScope } from "../domain/facts.ts";
import { jsonDigest } from "../domain/hash.ts";
import { channelName } from "../domain/vocabulary.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery } from "../store/prepared-query.ts";
import type { Queries } from "../store/store.ts";
import type { KillSwitches } from "./deployment.ts";

/**
 * Stops in the database. Setting one that stands replaces its reason. Throws `invalid` for a target that its scope
 * can't have. The reason is an operator's free text, so the audit log holds its digest only.
 */
export function makeKillSwitches({ audit, clock }: { readonly audit: AuditLog; readonly clock: Clock }): KillSwitches {
  const standing = makePreparedQuery(stops);
  return {
    async active(db) {
      const rows = await standing(db, {});
      return rows.map((row) => ({ scope: scopeOf(row.scope), target: row.target, reason: row.reason }));
    },
    async set(trx, stop, by) {
      verifyTarget(stop);
      const stored = { reason: stop.reason, set_by: by, set_at: clock.now() };
      await trx
        .insertInto("kill_switches")
        .values({ scope: stop.scope, target: stop.target, ...stored })
        .onConflict((conflict) => conflict.columns(["scope", "target"]).doUpdateSet(stored))
        .execute();
      await audit.append(trx, {
        kind: "kill-switch.set",
        subject: subjectOf(stop),
        body: { scope: stop.scope, target: stop.target, by, reasonSha: jsonDigest(stop.reason) },
      });
    },
    async clear(trx, stop, by) {
      const gone = await trx
        .deleteFrom("kill_switches")
        .where("scope", "=", stop.scope)
        .where("target", "=", stop.target)
        .executeTakeFirst();
      if (gone.numDeletedRows === 0n) return false;
      await audit.append(trx, {
        kind: "kill-switch.cleared",
        subject: subjectOf(stop),
        body: { scope: stop.scope, target: stop.target, by },
      });
      return true;
    },
  };
}

function stops(db: Queries) {
  return db.selectFrom("kill_switches").select(["scope", "target", "reason"]).orderBy("scope").orderBy("target");
}

function subjectOf(stop: Pick<KillSwitch, "scope" | "target">): string {
  return `${stop.scope}:${stop.target}`;
}

function verifyTarget(stop: KillSwitch): void {
  const problem = targetProblem(stop);
  if (problem === null) return;
  throw new AppError("invalid", `The stop is not usable: ${problem}.`, {
    fields: [{ pointer: "/target", message: problem }],
  });
}

function targetProblem({ scope, target }: KillSwitch): string | null {
  switch (scope) {
    case "global":
      return target === "*" ? null : 'a global stop has the target "*"';
    case "channel":
      return channelName.safeParse(target).success
        ? null
        : `a channel stop names one of ${channelName.options.join(", ")}`;
    case "playbook":
    case "asset":
      return target.length > 0 && target.length <= 128 ? null : `a stop of scope ${scope} names its id`;
  }
}

const scopes: Readonly<Record<string, StopScope>> = {
  global: "global",
  channel: "channel",
  playbook: "playbook",
  asset: "asset",
};

/** A stop that can't be read may not be taken for none. */
function scopeOf(stored: string): StopScope {
  const scope = scopes[stored];
  if (scope === undefined) throw new AppError("corrupt", "A stored stop has a scope that does not exist.");
  return scope;
}
