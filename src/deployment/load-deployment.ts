import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brand } from "../domain/brand.ts";
import { deployerProfile, taxonomy } from "../domain/deployer-profile.ts";
import { AppError } from "../domain/errors.ts";
import { playbook } from "../domain/playbook.ts";
import type { Deployment } from "./deployment.ts";
import { checkPlaybook, checkProfile, checkTaxonomy } from "./deployment-checks.ts";
import { deploymentOf } from "./deployment-of.ts";
import { makeTermIndex } from "./term-index.ts";
import { readYaml } from "./yaml-file.ts";

/**
 * Reads `deployer.yaml`, `taxonomy.yaml` and, where it is there, `brand.yaml` in `configDir`, and every `*.yaml` in `playbooksDir`, and checks the whole:
 * each file by its schema, every term against the taxonomy, ids and touchpoints for doubles. Throws one `config` error
 * that lists everything that is wrong, by file, line and field.
 */
export function loadDeployment({
  configDir,
  playbooksDir,
}: {
  readonly configDir: string;
  readonly playbooksDir: string;
}): Deployment {
  const problems: string[] = [];
  const terms = readYaml(join(configDir, "taxonomy.yaml"), taxonomy, problems);
  const profile = readYaml(join(configDir, "deployer.yaml"), deployerProfile, problems);
  const brandFile = join(configDir, "brand.yaml");
  const branding = existsSync(brandFile) ? readYaml(brandFile, brand, problems) : null;
  const playbooks = playbookFiles(playbooksDir, problems).flatMap((file) => {
    const record = readYaml(join(playbooksDir, file), playbook, problems);
    return record ? [record] : [];
  });
  const index = terms && makeTermIndex(terms.value);
  if (terms && index) {
    problems.push(...checkTaxonomy(terms));
    if (profile) {
      problems.push(...checkProfile(profile, index));
      problems.push(...playbooks.flatMap((record) => checkPlaybook(record, index, profile.value)));
    }
  }
  const versions = new Set<string>();
  for (const record of playbooks) {
    const key = versionKey(record.value.id, record.value.version);
    if (versions.has(key)) {
      problems.push(
        record.complain(
          ["version"],
          `another file has playbook ${record.value.id} version ${record.value.version} too`,
        ),
      );
    }
    versions.add(key);
  }
  if (problems.length > 0 || !index || !profile) {
    throw new AppError("config", `The deployment's data is not usable:\n${problems.join("\n")}`);
  }
  return deploymentOf({
    profile: profile.value,
    brand: branding?.value ?? null,
    taxonomy: index,
    playbooks: playbooks.map(({ value }) => value),
  });
}

function playbookFiles(dir: string, problems: string[]): readonly string[] {
  try {
    const files = readdirSync(dir).filter((name) => /\.ya?ml$/.test(name));
    if (files.length === 0) problems.push(`${dir}: there is no playbook (*.yaml) in this folder`);
    return files.sort();
  } catch {
    problems.push(`${dir}: the folder of playbooks cannot be read`);
    return [];
  }
}

function versionKey(id: string, version: number): string {
  return `${id}@${version}`;
}
