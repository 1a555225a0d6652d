import type { Playbook } from "../domain/playbook.ts";
import type { Change } from "./replay.ts";

/**
 * The recorded playbooks with a change: one that is given stands in the place of every version of its id, whatever its
 * number; a threshold is put over what the playbooks say.
 */
export function changedPlaybooks(
  loaded: readonly Playbook[],
  earlier: readonly Playbook[],
  change: Change | null,
): { readonly playbooks: readonly Playbook[]; readonly earlier: readonly Playbook[] } {
  if (change === null) return { playbooks: loaded, earlier };
  const given = new Set(change.playbooks.map(({ id }) => id));
  const kept = loaded.filter(({ id }) => !given.has(id));
  const thresholded = (all: readonly Playbook[]) => all.map((one) => withThreshold(one, change.threshold));
  return { playbooks: thresholded([...kept, ...change.playbooks]), earlier: thresholded(earlier) };
}

function withThreshold(playbook: Playbook, threshold: Change["threshold"]): Playbook {
  const own = typeof threshold === "number" ? threshold : threshold?.[playbook.id];
  return own === undefined ? playbook : { ...playbook, autonomy: { ...playbook.autonomy, confidenceThreshold: own } };
}
