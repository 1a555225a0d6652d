import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import type { RulePack, Softening, Tightening } from "../guardrails/guardrail.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import type { Queries, Trx } from "../store/store.ts";

interface OverridesDeps {
  readonly pack: RulePack;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Of the set that stands. */
  readonly tightenings: () => readonly Tightening[];
}

/** What a person may be asked that a built-in rule denies: at most one override for a rule at a time. */
export function makeOverrides({ pack, audit, clock, ids, tightenings }: OverridesDeps) {
  const open = (db: Queries) =>
    db.selectFrom("policy_overrides").selectAll().where("cleared_at", "is", null).where("ends_at", ">", clock.now());

  async function close(trx: Trx, rule: string, by: string): Promise<string | null> {
    const standing = await open(trx).where("rule", "=", rule).executeTakeFirst();
    if (standing === undefined) return null;
    await trx
      .updateTable("policy_overrides")
      .set({ cleared_at: clock.now(), cleared_by: by })
      .where("override_id", "=", standing.override_id)
      .execute();
    return standing.override_id;
  }

  return {
    async all(db: Queries): Promise<readonly Softening[]> {
      const rows = await open(db).orderBy("rule").execute();
      return rows.map((row) => ({
        overrideId: row.override_id,
        rule: row.rule,
        by: row.set_by,
        reason: row.reason,
        from: row.set_at,
        until: row.ends_at,
      }));
    },

    async set(trx: Trx, given: Pick<Softening, "rule" | "reason" | "until" | "by">): Promise<Softening> {
      const { rule, reason, until, by } = given;
      verifySoftened(rule);
      const from = clock.now();
      if (until <= from || until > from + yearMs) {
        const message = until <= from ? "The end lies in the past." : "An override lasts a year at most.";
        throw new AppError("invalid", message, { fields: [{ pointer: "/until", message }] });
      }
      const replaced = await close(trx, rule, by);
      const overrideId = ids.next("ovr");
      await trx
        .insertInto("policy_overrides")
        .values({
          override_id: overrideId,
          rule,
          reason,
          set_by: by,
          set_at: from,
          ends_at: until,
          cleared_at: null,
          cleared_by: null,
        })
        .execute();
      await audit.append(trx, {
        kind: "policy-override.set",
        subject: `rule:${rule}`,
        body: { overrideId, rule, effect: "review", until, by, replaced, reasonSha: jsonDigest(reason) },
      });
      return { overrideId, rule, by, reason, from, until };
    },

    /** False where none stands. */
    async clear(trx: Trx, rule: string, by: string): Promise<boolean> {
      const overrideId = await close(trx, rule, by);
      if (overrideId === null) return false;
      const body = { overrideId, rule, by };
      await audit.append(trx, { kind: "policy-override.cleared", subject: `rule:${rule}`, body });
      return true;
    },
  };

  function verifySoftened(rule: string): void {
    const { answer, words } = pack.softening(rule);
    if (answer === "unknown") throw new AppError("not-found", `Not softened: ${words}.`);
    if (answer === "refused")
      throw new AppError("invalid", `Not softened: ${words}.`, { fields: [{ pointer: "/rule", message: words }] });
    if (tightenings().some((one) => one.rule === rule))
      throw new AppError(
        "conflict",
        `Not softened: overrides.yaml turns ${rule} into a deny; switch on a set without that.`,
      );
  }
}

const yearMs = 366 * 86_400_000;
