import { z } from "zod";
import { AppError, isAppError } from "../../domain/errors.ts";
import { effect } from "../../domain/finding.ts";
import type { PolicyProblem } from "../../domain/policy-problem.ts";
import { problemWords } from "../../domain/policy-problem.ts";
import { instant } from "../../domain/vocabulary.ts";
import { whatIfReport } from "../../domain/what-if-report.ts";
import type { PolicyFile } from "../../guardrails/guardrail.ts";
import type { PolicySwitch } from "../../policies/policies.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { isoTime, reason } from "../shapes.ts";

const file = z.strictObject({ name: z.string().min(1).max(200), text: z.string().max(200_000) });
const version = z
  .string()
  .regex(/^(none|own\.[0-9a-f]{12})$/, "none, or own. and twelve digits, as the history names it");
const rule = z.strictObject({
  rule: z.string(),
  pack: z.enum(["built-in", "own"]),
  kind: z.enum(["facts", "text"]),
  effects: z.array(effect).describe("What follows where it is not satisfied; a rule on text says so case by case"),
  source: z.string(),
  effectiveFrom: instant,
  effectiveTo: instant.nullable(),
  override: z.enum(["tightened", "softened"]).nullable(),
});
const switched = z.strictObject({
  switchId: z.int(),
  from: z.string(),
  to: z.string(),
  origin: z.enum(["folder", "switched"]),
  reason: z.string(),
  by: z.string().describe("An API key's id, command-line, or start"),
  at: instant,
});
const preview = whatIfReport.pick({ counts: true, byChange: true, examples: true });
const answer = z.strictObject({
  version: z.string(),
  switch: switched.nullable().describe("Null where it was only tried"),
  rulesetVersion: z.string().describe("The rules in force after it"),
  warnings: z.array(z.string()),
  preview: preview.nullable().describe("What would have been decided of the newest recorded decisions"),
  notPreviewed: z.string().nullable(),
});
const switching = z.strictObject({
  files: z.array(file).max(50).describe("Policies (*.cedar) and overrides.yaml; none: the set that adds nothing"),
  reason,
  preview: z.int().min(0).max(1000).default(100).describe("How many recorded decisions are tried first"),
  dryRun: z.boolean().default(false).describe("Only looked at and tried, not switched on"),
});

/** The rules in force, and what this deployment adds to them. */
export function addPolicyRoutes(add: AddEndpoint, deps: HttpDeps): void {
  const { policies, store } = deps;
  add({
    method: "get",
    path: "/v1/policies",
    tag: "policies",
    summary: "The rules in force now",
    needs: "policies:read",
    answers: {
      200: {
        description: "All of them, with what overrides make of them",
        schema: z.strictObject({
          rulesetVersion: z.string(),
          version: z.string(),
          items: z.array(rule),
          nextCursor: z.null(),
        }),
      },
    },
    async handle() {
      const { rulesetVersion, items } = policies.rules();
      const shown = items.map(({ effectiveFrom, effectiveTo, ...one }) => ({
        ...one,
        effectiveFrom: isoTime(effectiveFrom),
        effectiveTo: effectiveTo === null ? null : isoTime(effectiveTo),
      }));
      const { version: own } = policies.standing();
      return { status: 200, body: { rulesetVersion, version: own, items: shown, nextCursor: null } };
    },
  });

  add({
    method: "get",
    path: "/v1/policies/versions",
    tag: "policies",
    summary: "Which set of the deployment's own rules stood when",
    needs: "policies:read",
    answers: {
      200: {
        description: "Newest first, two hundred at most",
        schema: z.strictObject({ items: z.array(switched), nextCursor: z.null() }),
      },
    },
    handle: async () => ({
      status: 200,
      body: { items: (await policies.history(store.read)).map(shownSwitch), nextCursor: null },
    }),
  });

  add({
    method: "get",
    path: "/v1/policies/versions/{version}",
    tag: "policies",
    summary: "The files of a set",
    needs: "policies:read",
    params: z.strictObject({ version: z.string().min(1).max(100) }),
    answers: {
      200: {
        description: "As they were switched on",
        schema: z.strictObject({ version: z.string(), files: z.array(file) }),
      },
    },
    async handle({ params }) {
      const files = await policies.files(store.read, params.version);
      if (files === null) throw new AppError("not-found", "No such set ever stood here.");
      return { status: 200, body: { version: params.version, files } };
    },
  });

  add({
    method: "post",
    path: "/v1/policies/versions",
    tag: "policies",
    summary: "Switch on a set of own policies and overrides",
    description:
      "It takes the place of the whole set that stands, from its commit on and without a restart; what waits is judged " +
      "anew. The set is checked first: 422 with everything that is wrong with it. What was decided lately is tried under " +
      "it, and the answer says what would have changed.",
    needs: "policies:switch",
    body: switching,
    answers: { 200: { description: "It stands, or was tried", schema: answer } },
    async handle({ body, caller }) {
      const checked = policies.check(body.files);
      if (checked.rules === null) throw refused(checked.problems);
      const { rules } = checked;
      const tried = await previewOf(deps, body.files, body.preview);
      const given = { rules, reason: body.reason, by: caller.keyId };
      const made = body.dryRun ? null : await store.write((trx) => policies.switchOn(trx, given));
      return { status: 200, body: told(deps, rules.version, made, checked.warnings.map(problemWords), tried) };
    },
  });

  add({
    method: "post",
    path: "/v1/policies/roll-back",
    tag: "policies",
    summary: "Go back to a set that stood before",
    description: "Without a version: to the one that the last switch took the place of.",
    needs: "policies:switch",
    body: z.strictObject({ version: version.optional(), reason }),
    answers: { 200: { description: "It stands", schema: answer } },
    async handle({ body, caller }) {
      const made = await store.write((trx) => policies.rollBack(trx, { ...body, by: caller.keyId }));
      const untried = { preview: null, notPreviewed: "A set that stood before is not tried." };
      return { status: 200, body: told(deps, made.to, made, [], untried) };
    },
  });
}

type Preview = Pick<z.infer<typeof answer>, "preview" | "notPreviewed">;

/** That nothing can be tried right now keeps nobody from switching: it is said instead. */
async function previewOf({ replays }: HttpDeps, files: readonly PolicyFile[], limit: number): Promise<Preview> {
  if (limit === 0) return { preview: null, notPreviewed: "Not asked for." };
  try {
    const report = await replays.whatIf({ limit, change: { policySet: files.map((one) => ({ ...one })) } });
    return { preview: preview.parse(pick(report)), notPreviewed: null };
  } catch (error) {
    if (!isAppError(error) || error.code !== "unavailable") throw error;
    return { preview: null, notPreviewed: error.message };
  }
}

function pick({ counts, byChange, examples }: z.infer<typeof preview>) {
  return { counts, byChange, examples };
}

function told(
  { policies }: HttpDeps,
  to: string,
  made: PolicySwitch | null,
  warnings: readonly string[],
  tried: Preview,
) {
  const { rulesetVersion } = policies.rules();
  return { version: to, switch: made && shownSwitch(made), rulesetVersion, warnings, ...tried };
}

function shownSwitch({ at, ...one }: PolicySwitch) {
  return { ...one, at: isoTime(at) };
}

function refused(problems: readonly PolicyProblem[]): AppError {
  return new AppError("invalid", `The rules are not usable: ${problems.length} to mend.`, {
    fields: problems.map((one) => ({ pointer: `/files/${one.file}`, message: problemWords(one) })),
  });
}
