import type { DeployerProfile } from "../domain/deployer-profile.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { Deployment } from "./deployment.ts";
import { deploymentOf } from "./deployment-of.ts";

/**
 * The deployment with other playbooks beside its own, each in place of every version of its id, and with another
 * profile where one is given. What is given is taken as checked.
 */
export function withPlaybooks(
  deployment: Deployment,
  changed: readonly Playbook[],
  profile: DeployerProfile = deployment.profile,
): Deployment {
  const replaced = new Set(changed.map(({ id }) => id));
  const playbooks = [...deployment.playbooks.filter(({ id }) => !replaced.has(id)), ...changed];
  return deploymentOf({ ...deployment, profile, playbooks });
}
