import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BaseSequencer, startVitest, type TestSpecification } from "vitest/node";
import { mutantsOfSource, type SourceMutant, sourceWithMutants } from "./mutants-of-source.ts";
import type { MutantRunOrder, MutantRunResult } from "./run-order.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface NumberedMutant extends SourceMutant {
  readonly number: number;
  /** Of the repository. */
  readonly file: string;
}

/** Every mutant of the files, which are paths from the repository's root. */
export function mutantsOf(files: readonly string[]): readonly NumberedMutant[] {
  let number = 0;
  return files.flatMap((file) =>
    mutantsOfSource(file.replace(/^src\/(?:guardrails\/)?/, ""), readFileSync(join(root, file), "utf8")).map((one) => ({
      ...one,
      file,
      number: number++,
    })),
  );
}

/**
 * Runs the test files, in their order, with the mutants in the sources. One process, and each source is loaded once with
 * all of its mutants in it.
 */
export async function tryMutants(
  mutants: readonly NumberedMutant[],
  tests: readonly string[],
  fromStart: number | null = null,
): Promise<{ readonly result: MutantRunResult; readonly passed: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  const resultFile = join(folder, "result.json");
  const order: MutantRunOrder = { mutants: mutants.map(({ number, file }) => [number, file]), fromStart, resultFile };
  const all = new Map<string, NumberedMutant[]>();
  for (const one of mutants) all.set(one.file, [...(all.get(one.file) ?? []), one]);
  try {
    const vitest = await startVitest(
      "test",
      [],
      {
        config: false,
        root,
        watch: false,
        include: [...tests],
        runner: join(root, "test/support/mutants/mutant-runner.ts"),
        pool: "forks",
        maxWorkers: 1,
        isolate: false,
        sequence: { sequencer: inOrder(tests) },
        bail: fromStart === null ? 0 : 1,
        reporters: fromStart === null ? ["./test/support/mutants/failures-reporter.ts"] : [{}],
        testTimeout: 600_000,
        setupFiles: ["./test/support/mutants/mutant-switch.ts"],
        env: { MUTANT_RUN: JSON.stringify(order) },
      },
      {
        plugins: [
          {
            name: "mutants",
            enforce: "pre",
            transform(_code: string, id: string) {
              const file = id.split("?", 1)[0]?.replace(root, "") ?? "";
              const own = all.get(file);
              const forgets = remembering.get(file);
              if (own === undefined && forgets === undefined) return null;
              const source = readFileSync(join(root, file), "utf8");
              const mutated = sourceWithMutants(source, own ?? [], "isMutant", (one) => (one as NumberedMutant).number);
              return {
                code:
                  forgets === undefined
                    ? mutated
                    : `${mutated}\nimport { ${forgets} } from "/test/support/mutants/forgetful.ts";`,
                map: null,
              };
            },
          },
        ],
      },
    );
    const failed =
      vitest.state.getCountOfFailedTests() > 0 || vitest.state.getFiles().some((one) => one.result?.state === "fail");
    await vitest.close();
    process.exitCode = 0;
    return { result: JSON.parse(readFileSync(resultFile, "utf8")), passed: !failed };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Files that remember what they said of a text or a record, under a mutant as well; which type of map they do it by. */
const remembering = new Map([
  ["src/domain/bounded-cache.ts", "Map"],
  ["src/domain/company-name.ts", "Map"],
  ["src/guardrails/checks/brand-voice.ts", "WeakMap"],
  ["src/guardrails/checks/claims/sources.ts", "WeakMap"],
]);

function inOrder(tests: readonly string[]) {
  const place = ({ moduleId }: TestSpecification) => tests.indexOf(moduleId.replace(root, ""));
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return [...files].sort((a, b) => place(a) - place(b));
    }
  };
}
