import type { Playbook } from "../domain/playbook.ts";
import type { Moment } from "./deployment.ts";

/**
 * The playbook for a moment, or null. Of each id only the newest version counts, whatever its mode (the rule
 * `rollout.mode` reads that). Among those that match: the highest priority, then the one with the most conditions, then
 * the id that sorts first. A playbook that asks for a persona does not match a lead of whom it is unknown.
 */
export function choosePlaybook(playbooks: readonly Playbook[], moment: Moment): Playbook | null {
  let best: Playbook | null = null;
  for (const candidate of newestVersions(playbooks)) {
    if (matches(candidate.when, moment) && (best === null || isBetter(candidate, best))) best = candidate;
  }
  return best;
}

/** The newest version of each playbook. */
export function newestVersions(playbooks: Iterable<Playbook>): readonly Playbook[] {
  const newest = new Map<string, Playbook>();
  for (const playbook of playbooks) {
    const held = newest.get(playbook.id);
    if (held === undefined || playbook.version > held.version) newest.set(playbook.id, playbook);
  }
  return [...newest.values()];
}

function matches(when: Playbook["when"], moment: Moment): boolean {
  return (
    when.eventTypes.includes(moment.eventType) &&
    (when.stages.length === 0 || when.stages.includes(moment.stage)) &&
    (when.personas.length === 0 || (moment.persona !== null && when.personas.includes(moment.persona))) &&
    matchesPath(when.pathContains, moment)
  );
}

/** `pathContains` narrows page views; other events have no page. */
function matchesPath(parts: readonly string[], { eventType, path }: Moment): boolean {
  if (parts.length === 0 || eventType !== "lead.page-viewed.v1") return true;
  return path !== null && parts.some((part) => path.includes(part));
}

function isBetter(a: Playbook, b: Playbook): boolean {
  if (a.priority !== b.priority) return a.priority > b.priority;
  const more = conditions(a.when) - conditions(b.when);
  return more !== 0 ? more > 0 : a.id < b.id;
}

function conditions(when: Playbook["when"]): number {
  return [when.stages, when.personas, when.pathContains].filter((values) => values.length > 0).length;
}
