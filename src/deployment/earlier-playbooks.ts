import { type Playbook, playbook } from "../domain/playbook.ts";
import type { Queries } from "../store/store.ts";
import type { Deployment } from "./deployment.ts";
import { newestVersions } from "./playbook-choice.ts";

/** Every version that was ever loaded, as `recordPlaybooks` stored it; one that this code can't read is left out. */
export async function storedPlaybooks(db: Queries): Promise<readonly Playbook[]> {
  const rows = await db.selectFrom("playbook_versions").select("body_json").execute();
  return rows.flatMap((row) => {
    const parsed = playbook.safeParse(JSON.parse(row.body_json));
    return parsed.success ? [parsed.data] : [];
  });
}

/**
 * The deployment, which also knows the versions that its files no longer have, so that a decision which waits for a
 * person goes on under the one it began with. Only the mode is the newest version's, also where the file of the old one
 * is still there: it has no say in whether anything is published now, and a playbook that was taken away publishes nothing.
 */
export function withEarlierPlaybooks(deployment: Deployment, stored: readonly Playbook[]): Deployment {
  const modes = new Map(newestVersions(deployment.playbooks).map(({ id, mode }) => [id, mode]));
  const known = new Map<string, Playbook>();
  for (const one of [...stored, ...deployment.playbooks]) {
    const book = deployment.playbook(one.id, one.version) ?? one;
    const mode = modes.get(one.id) ?? { kind: "off" };
    known.set(keyOf(one.id, one.version), book.mode === mode ? book : { ...book, mode });
  }
  return {
    ...deployment,
    playbook: (id, version) => known.get(keyOf(id, version)) ?? deployment.playbook(id, version),
  };
}

function keyOf(id: string, version: number): string {
  return `${id}@${version}`;
}
