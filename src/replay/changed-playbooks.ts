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
  const changed = (all: readonly Playbook[]) => all.map((one) => inPilot(withThreshold(one, change.threshold), change));
  return { playbooks: changed([...kept, ...change.playbooks]), earlier: changed(earlier) };
}

function inPilot(playbook: Playbook, { arePilotsOpen = false }: Change): Playbook {
  return arePilotsOpen && playbook.mode.kind === "pilot" ? { ...playbook, mode: { kind: "full" } } : playbook;
}

function withThreshold(playbook: Playbook, threshold: Change["threshold"]): Playbook {
  const own = typeof threshold === "number" ? threshold : threshold?.[playbook.id];
  return own === undefined ? playbook : { ...playbook, autonomy: { ...playbook.autonomy, confidenceThreshold: own } };
}
