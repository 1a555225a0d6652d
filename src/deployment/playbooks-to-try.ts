import { type Brand, brand } from "../domain/brand.ts";
import { type DeployerProfile, deployerProfile } from "../domain/deployer-profile.ts";
import { type Playbook, playbook } from "../domain/playbook.ts";
import type { Deployment } from "./deployment.ts";
import { checkPlaybook, checkProfile } from "./deployment-checks.ts";
import { toRecord } from "./yaml-file.ts";

interface FileText {
  readonly name: string;
  readonly text: string;
}

/**
 * Playbooks, a profile and a brand file that are not in place, checked as at a start: by schema, against the taxonomy, against each
 * other. Whatever is wrong is added to `problems` by file, line and field.
 */
export function deploymentToTry(
  given: {
    readonly playbooks: readonly FileText[];
    readonly profile: FileText | null;
    readonly brand: FileText | null;
  },
  { taxonomy, profile: own }: Pick<Deployment, "taxonomy" | "profile">,
  problems: string[],
): {
  readonly playbooks: readonly Playbook[];
  readonly profile: DeployerProfile | null;
  readonly brand: Brand | null;
} {
  const profile = given.profile && toRecord(given.profile.name, given.profile.text, deployerProfile, problems);
  if (profile) problems.push(...checkProfile(profile, taxonomy));
  const branding = given.brand && toRecord(given.brand.name, given.brand.text, brand, problems);
  const seen = new Set<string>();
  const playbooks = given.playbooks.flatMap(({ name, text }) => {
    const record = toRecord(name, text, playbook, problems);
    if (record === null) return [];
    problems.push(...checkPlaybook(record, taxonomy, profile?.value ?? own));
    if (seen.has(record.value.id))
      problems.push(record.complain(["id"], `another file has playbook ${record.value.id} too`));
    seen.add(record.value.id);
    return [record.value];
  });
  return { playbooks, profile: profile?.value ?? null, brand: branding?.value ?? null };
}
