import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import type { RulePack, Softening, Tightening } from "../guardrails/guardrail.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { GivenOverride } from "./policies.ts";
import { openOverrides } from "./policy-rows.ts";

interface OverridesDeps {
  readonly pack: RulePack;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Of the set that stands. */
  readonly tightenings: () => readonly Tightening[];
}

/** What a person may be asked that a built-in rule denies: at most one override for a rule and scope at a time. */
export function makeOverrides({ pack, audit, clock, ids, tightenings }: OverridesDeps) {
  async function close(trx: Trx, overrideId: string, by: string): Promise<void> {
    await trx
      .updateTable("policy_overrides")
      .set({ cleared_at: clock.now(), cleared_by: by })
      .where("override_id", "=", overrideId)
      .execute();
  }

  return {
    async set(trx: Trx, given: GivenOverride): Promise<Softening> {
      const { rule, scope, target, reason, until, by } = given;
      verifySoftened(rule);
      const from = clock.now();
      verifyEnd(until, from);
      const same = openOverrides(trx, clock.now())
        .where("rule", "=", rule)
        .where("scope", "=", scope)
        .where("target", "=", target);
      const replaced = await same.executeTakeFirst();
      if (replaced) await close(trx, replaced.override_id, by);
      const overrideId = ids.next("ovr");
      await trx
        .insertInto("policy_overrides")
        .values({
          override_id: overrideId,
          rule,
          scope,
          target,
          reason,
          set_by: by,
          set_at: from,
          ends_at: until,
          cleared_at: null,
          cleared_by: null,
        })
        .execute();
      const about = { overrideId, rule, scope, target, effect: "review", until, by };
      await audit.append(trx, {
        kind: "policy-override.set",
        subject: `rule:${rule}`,
        body: { ...about, replaced: replaced?.override_id ?? null, reasonSha: jsonDigest(reason) },
      });
      return { overrideId, rule, scope, target, by, reason, from, until };
    },

    /** False where it is not one that stands. */
    async clear(trx: Trx, overrideId: string, by: string): Promise<boolean> {
      const standing = await openOverrides(trx, clock.now()).where("override_id", "=", overrideId).executeTakeFirst();
      if (standing === undefined) return false;
      await close(trx, overrideId, by);
      const { rule } = standing;
      const body = { overrideId, rule, by };
      await audit.append(trx, { kind: "policy-override.cleared", subject: `rule:${rule}`, body });
      return true;
    },
  };

  function verifySoftened(rule: string): void {
    const { answer, words } = pack.softening(rule);
    if (answer === "unknown") throw refused("not-found", words);
    if (answer === "refused") throw refused("invalid", words);
    if (tightenings().some((one) => one.rule === rule))
      throw refused("conflict", `overrides.yaml turns ${rule} into a deny; switch on a set without that`);
  }
}

/** A quarter: a campaign fits in it, and whoever wants more says so again. */
const longestDays = 90;

function verifyEnd(until: number, now: number): void {
  if (until > now && until <= now + longestDays * 86_400_000) return;
  const words = until > now ? `it ends within ${longestDays} days` : "its end lies in the past";
  throw new AppError("invalid", `Not overridden: ${words}.`, { fields: [{ pointer: "/until", message: words }] });
}

function refused(code: "not-found" | "invalid" | "conflict", words: string): AppError {
  return new AppError(code, `Not overridden: ${words}.`, { fields: [{ pointer: "/rule", message: words }] });
}
