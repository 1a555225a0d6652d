import type { Deployment } from "../deployment/deployment.ts";
import { loadDeployment } from "../deployment/load-deployment.ts";
import { makeGuardrail } from "../guardrails/cedar-guardrail.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";

/** The deployment's data and its rules, read once for many runs. Throws `config` where they are not usable. */
export async function openSetting(folders: {
  readonly configDir: string;
  readonly playbooksDir: string;
}): Promise<{ readonly deployment: Deployment; readonly guardrail: Guardrail }> {
  return { deployment: loadDeployment(folders), guardrail: await makeGuardrail() };
}
