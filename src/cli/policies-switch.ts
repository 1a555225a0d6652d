import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { changeKindWords } from "../domain/change-words.ts";
import { AppError } from "../domain/errors.ts";
import { whatIfReport } from "../domain/what-if-report.ts";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { orInvalid } from "./or-invalid.ts";
import { exampleWords } from "./replay-words.ts";
import { withApi, withApiToMend } from "./with-api.ts";
import { columns, directNote, plain } from "./words.ts";

export const addPoliciesSwitch: AddCommand = (policies, io, run) => {
  addSwitchOn(policies, io, run);
  addHistory(policies, io, run);
  addRollBack(policies, io, run);
};

type SwitchOptions = JsonOption & { readonly reason: string; readonly preview: number; readonly dryRun?: boolean };

function addSwitchOn(policies: Command, io: CliIo, run: RunAction): void {
  policies
    .command("switch-on")
    .description("Put a set of own policies and overrides in the place of the one that stands, without a restart.")
    .argument("<paths...>", "a folder, or the files of the set (*.cedar, overrides.yaml)")
    .requiredOption("--reason <why>", "why, for whoever reads the history; it must not name anybody")
    .option("--preview <n>", "how many recorded decisions are tried under it first; 0: none", upToThousand, 100)
    .option("--dry-run", "only look at it and try it; nothing is switched")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
The set is checked first (as by \`policies check\`) and refused whole where something is wrong, with exit code 2. It
stands from then on, also after a restart, whatever the folder says; what waits is judged anew. ${directNote}

Examples:
  $ vouchsafe policies switch-on drafts/policies --reason "No proof by chat without a look" --dry-run
  $ vouchsafe policies switch-on drafts/policies --reason "No proof by chat without a look"`,
    )
    .action((paths: readonly string[], options: SwitchOptions) =>
      run(options.json === true, () =>
        orInvalid(
          io,
          options,
          ({ message }) => plain(message),
          () =>
            withApiToMend(io, async (api) => {
              const { reason, preview, dryRun = false } = options;
              const body = { files: await filesAt(paths), reason, preview, dryRun };
              const timeoutMs = 60_000 + preview * 1000;
              const answer = await api.send({ method: "POST", path: "/v1/policies/versions", body, timeoutMs });
              print(io, options.json, answer.body, switchWords(switched.parse(answer.body)));
              return 0;
            }),
        ),
      ),
    );
}

function addHistory(policies: Command, io: CliIo, run: RunAction): void {
  policies
    .command("history")
    .description("Which set of own rules stood when, newest first.")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe policies history`)
    .action(({ json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: "/v1/policies/versions" });
          const rows = history
            .parse(body)
            .items.map(({ at, from, to, by, reason }) => [at, `${from} → ${to}`, by, reason]);
          print(io, json, body, rows.length === 0 ? ["No set was ever switched on."] : columns(rows));
          return 0;
        }),
      ),
    );
}

function addRollBack(policies: Command, io: CliIo, run: RunAction): void {
  policies
    .command("roll-back")
    .description("Go back to a set that stood before; without a version, to the one before the last switch.")
    .argument("[version]", "as the history names it: own.…, or none for the built-in rules alone")
    .requiredOption("--reason <why>", "why, for whoever reads the history; it must not name anybody")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe policies roll-back --reason "It asked too often"`)
    .action((version: string | undefined, { reason, json }: JsonOption & { readonly reason: string }) =>
      run(json === true, () =>
        withApiToMend(io, async (api) => {
          const body = { reason, ...(version !== undefined && { version }) };
          const answer = await api.send({ method: "POST", path: "/v1/policies/roll-back", body });
          const made = switched.parse(answer.body);
          print(io, json, answer.body, made.switch === null ? [] : [standsWords(made, made.switch)]);
          return 0;
        }),
      ),
    );
}

async function filesAt(paths: readonly string[]) {
  const { readPolicies } = await import("../compose/policy-commands.ts");
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) throw new AppError("invalid", `There is no ${path}.`);
    if (found.isDirectory()) return [...readPolicies(path)];
    try {
      return [{ name: basename(path), text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) }];
    } catch {
      throw new AppError("invalid", `${path} cannot be read as UTF-8.`);
    }
  });
}

const switched = z.object({
  version: z.string(),
  switch: z.looseObject({ from: z.string(), to: z.string() }).nullable(),
  rulesetVersion: z.string(),
  warnings: z.array(z.string()),
  preview: whatIfReport.pick({ counts: true, byChange: true, examples: true }).nullable(),
  notPreviewed: z.string().nullable(),
});

type Switched = z.infer<typeof switched>;
const shownExamples = 3;

function switchWords(answer: Switched): readonly string[] {
  const { version, warnings, preview, notPreviewed } = answer;
  return [
    ...warnings.map((one) => plain(`warning  ${one}`)),
    ...(preview === null ? [`Not tried on what was decided: ${notPreviewed}`] : previewWords(preview)),
    answer.switch === null ? `${version} is usable, and was not switched on.` : standsWords(answer, answer.switch),
  ];
}

function previewWords({ counts, byChange, examples }: NonNullable<Switched["preview"]>): readonly string[] {
  const changes = byChange.filter(({ change }) => change !== "same");
  const lost = counts.notCompared > 0 ? ` (${counts.notCompared} could not be compared)` : "";
  return [
    `Of ${counts.compared} recorded decisions ${counts.changed} would have come out otherwise${lost}.`,
    ...columns(changes.map(({ change, count }) => [`  ${String(count).padStart(5)}`, changeKindWords[change]])),
    ...examples.slice(0, shownExamples).flatMap(exampleWords),
  ];
}

function standsWords(
  { rulesetVersion }: Switched,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  return `${from} → ${to}: decisions are judged under ${rulesetVersion} from now on.`;
}

const history = z.object({
  items: z.array(
    z.looseObject({ at: z.string(), from: z.string(), to: z.string(), by: z.string(), reason: z.string() }),
  ),
});

function upToThousand(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text) || Number(text) > 1000) throw new InvalidArgumentError("a number from 0 to 1000.");
  return Number(text);
}
