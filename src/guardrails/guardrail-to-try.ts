import { makeGuardrail } from "./cedar-guardrail.ts";
import type { Guardrail } from "./guardrail.ts";
import { policySources, toPolicyFiles } from "./policy-files.ts";

/**
 * The rule pack with other policies: a file takes the place of the one of its name, or is added. Its rules are taken as
 * in force from the first day on, so that they can be tried on what was decided before. Rejects with `config` naming
 * what is wrong.
 */
export async function guardrailToTry(
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<Guardrail> {
  const own = policySources();
  const names = new Set(files.map(({ name }) => name));
  const kept = own.files.filter(({ name }) => !names.has(name));
  const pack = toPolicyFiles(own.schema, [...kept, ...files]);
  const standing = toPolicyFiles(own.schema, own.files).rules;
  const first = Math.min(...standing.map(({ effectiveFrom }) => effectiveFrom));
  const texts = new Set(standing.map(({ text }) => text));
  const rules = pack.rules.map((rule) => (texts.has(rule.text) ? rule : { ...rule, effectiveFrom: first }));
  return makeGuardrail({ ...pack, rules });
}
