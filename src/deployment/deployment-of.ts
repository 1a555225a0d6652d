import type { Deployment } from "./deployment.ts";
import { choosePlaybook, newestVersions } from "./playbook-choice.ts";

/** A deployment of these playbooks, of which no two are the same version of one id. */
export function deploymentOf(given: Omit<Deployment, "playbook" | "choosePlaybook">): Deployment {
  const byVersion = new Map(given.playbooks.map((one) => [keyOf(one.id, one.version), one]));
  const newest = newestVersions(given.playbooks);
  return {
    ...given,
    playbook: (id, version) => byVersion.get(keyOf(id, version)) ?? null,
    choosePlaybook: (moment) => choosePlaybook(newest, moment),
  };
}

function keyOf(id: string, version: number): string {
  return `${id}@${version}`;
}
