import type { z } from "zod";
import { accountInput } from "../domain/account.ts";
import { assetInput } from "../domain/asset.ts";
import { deployerProfile } from "../domain/deployer-profile.ts";
import { AppError } from "../domain/errors.ts";
import { leadInput } from "../domain/lead.ts";
import { playbook } from "../domain/playbook.ts";
import type { EvalSetting, Written } from "./eval.ts";
import type { Scenario } from "./scenario.ts";
import { resolveWritten } from "./written-records.ts";

/** A field of a scenario that cannot be used, by its path in the scenario. */
export interface FieldProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Setting = Pick<EvalSetting, "deployment" | "sample">;

/** The scenario's records as the product takes them. Throws `invalid` for what `worldProblems` names. */
export function readWorld(scenario: Scenario, setting: Setting) {
  const { world, problems } = parseWorld(scenario, setting);
  if (world !== null) return world;
  throw new AppError("invalid", `Scenario ${scenario.id} is not usable.`, {
    fields: problems.map(({ path, message }) => ({ pointer: `/${path.join("/")}`, message })),
  });
}

/** Everything in the scenario's records that the product would not take, by the field it is in. */
export function worldProblems(scenario: Scenario, setting: Setting): readonly FieldProblem[] {
  return parseWorld(scenario, setting).problems;
}

function parseWorld(scenario: Scenario, { deployment, sample }: Setting) {
  const problems: FieldProblem[] = [];
  const now = Date.parse(scenario.now);
  /** Everything that a record can be like, written out: the sample's, and then the scenario's own. */
  const writtenOut = {
    accounts: new Map(sample.accounts),
    assets: new Map(sample.assets),
    leads: new Map(sample.leads),
    playbooks: new Map(sample.playbooks),
  };
  const all = <S extends z.ZodType>(field: keyof typeof writtenOut, schema: S) => {
    const idOf = idFields[field];
    const known = writtenOut[field];
    return scenario[field].flatMap((written, index) => {
      const record = parseWritten(written, { known, now, schema, path: [field, index], problems });
      if (record === null) return [];
      // A later record may be like an earlier one of the same scenario.
      const id = record.written[idOf];
      if (typeof id === "string") known.set(id, record.written);
      return [record.value];
    });
  };
  const records = {
    accounts: all("accounts", accountInput),
    assets: all("assets", assetInput),
    leads: all("leads", leadInput),
  };
  const playbooks = all("playbooks", playbook);
  const profile = parseWritten(scenario.profile, {
    known: new Map(),
    now,
    schema: deployerProfile,
    path: ["profile"],
    problems,
    base: { ...deployment.profile },
  });
  const isUsable = problems.length === 0 && profile !== null;
  const world = isUsable ? { records, playbooks, profile: profile.value, written: writtenOut } : null;
  return { world, problems };
}

export const idFields = { accounts: "accountId", assets: "assetId", leads: "leadId", playbooks: "id" } as const;

interface Parsing<S> {
  readonly known: ReadonlyMap<string, Written>;
  readonly now: number;
  readonly schema: S;
  readonly path: readonly PropertyKey[];
  readonly problems: FieldProblem[];
  readonly base?: Written;
}

/** The record by its schema, and as it was written out; null, with its problems added, where it does not fit. */
export function parseWritten<S extends z.ZodType>(
  written: Written,
  { known, now, schema, path, problems, base }: Parsing<S>,
): { readonly value: z.output<S>; readonly written: Written } | null {
  const start = base ? new Map([["base", base]]) : known;
  const resolved = resolveWritten(base ? { ...written, like: "base" } : written, start, now);
  if (resolved === null) {
    problems.push({ path: [...path, "like"], message: `there is no "${String(written.like)}" to be like` });
    return null;
  }
  const parsed = schema.safeParse(resolved);
  if (parsed.success) return { value: parsed.data, written: resolved };
  for (const issue of parsed.error.issues) {
    const at = issue.code === "unrecognized_keys" ? issue.keys : [null];
    for (const key of at) {
      const message = key === null ? issue.message : "unknown field";
      problems.push({ path: [...path, ...issue.path, ...(key === null ? [] : [key])], message });
    }
  }
  return null;
}
