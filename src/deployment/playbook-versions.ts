import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { canonicalJson, jsonDigest } from "../domain/hash.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";

/**
 * Stores each version of a playbook once, so that a decision's playbook can be read as it was. Throws `config` when a
 * stored version comes with other content: what decisions cite may not change under them.
 */
export async function recordPlaybooks(
  trx: Trx,
  playbooks: readonly Playbook[],
  { audit, clock }: { readonly audit: AuditLog; readonly clock: Clock },
): Promise<void> {
  for (const playbook of playbooks) {
    const digest = jsonDigest(playbook);
    const stored = await trx
      .selectFrom("playbook_versions")
      .select("digest")
      .where("playbook_id", "=", playbook.id)
      .where("version", "=", playbook.version)
      .executeTakeFirst();
    if (stored === undefined) {
      await trx
        .insertInto("playbook_versions")
        .values({
          playbook_id: playbook.id,
          version: playbook.version,
          digest,
          body_json: canonicalJson(playbook),
          loaded_at: clock.now(),
        })
        .execute();
      await audit.append(trx, {
        kind: "playbook.loaded",
        subject: playbook.id,
        body: { playbookId: playbook.id, version: playbook.version, digest },
      });
    } else if (stored.digest !== digest) {
      throw new AppError(
        "config",
        `Playbook ${playbook.id} version ${playbook.version} was used before with other content. ` +
          `Raise its version (to ${playbook.version + 1}) where you change it.`,
      );
    }
  }
}
