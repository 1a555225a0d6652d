import { createHash } from "node:crypto";
import { equivalent } from "./equivalent.ts";
import { refusedByTypes } from "./refused-by-types.ts";
import { mutantsOf, type NumberedMutant, tryMutants } from "./run-mutants.ts";
import { tests as allTests, isAbout, mutatedFiles } from "./subjects.ts";

// `node --import ./tools/ts.mjs test/support/mutants/mutants.ts [--sample COUNT --seed SEED] [FILE...]` tries the mutants
// of all the checks, a sample of them, or those of some files in some tests, and prints what came out as JSON.

/** What came out, by the mutants' names. */
export interface MutantReport {
  readonly mutants: number;
  readonly killed: number;
  /** What a person has read and given a reason for, and it is so. */
  readonly equivalent: number;
  readonly refusedByTypes: number;
  readonly survivors: readonly string[];
  /** Listed as equivalent, and killed or gone. */
  readonly stale: readonly string[];
  /** Tests that fail when run a second time. */
  readonly unfit: readonly string[];
  readonly passed: boolean;
}

const { files, tests: asked, sampleSize, seed } = readArguments(process.argv.slice(2));
const tests = asked.length === 0 ? allTests : asked;
const all = mutantsOf(mutatedFiles());
const gone = Object.keys(equivalent).filter((name) => !all.some((one) => one.name === name));
const chosen = sampleSize === null ? all.filter(({ file }) => files.length === 0 || files.includes(file)) : sampleOf();
process.stdout.write(`${JSON.stringify(await report(chosen), null, 2)}\n`);

async function report(mutants: readonly NumberedMutant[]): Promise<MutantReport> {
  const { result, passed } = await tryMutants(mutants, tests);
  const killed = new Set(result.killed.map(([number]) => number));
  const alive = mutants.filter((one) => !killed.has(one.number) && !isListed(one));
  const refused = refusedByTypes(alive);
  const left = alive.filter((one) => !refused.has(one));
  for (const { name } of left) process.stderr.write(`no test fails for ${name}\n`);
  // What is worked out while files are loaded has been, before a mutant took effect.
  for (const { number, file, name } of left.filter((one) => result.atLoad.includes(one.number))) {
    const near = tests.filter((test) => isAbout(test, file));
    const again = await tryMutants(mutants, near, number);
    if (!again.passed) killed.add(number);
    process.stderr.write(`${again.passed ? "survives" : "fails"} from the start: ${name}\n`);
  }
  const listed = mutants.filter(isListed);
  return {
    mutants: mutants.length,
    killed: killed.size,
    equivalent: listed.filter(({ number }) => !killed.has(number)).length,
    refusedByTypes: refused.size,
    survivors: left.filter(({ number }) => !killed.has(number)).map(({ name }) => name),
    stale: [...gone, ...listed.filter(({ number }) => killed.has(number)).map(({ name }) => name)],
    unfit: result.unfit,
    passed,
  };
}

function isListed({ name }: NumberedMutant): boolean {
  return Object.hasOwn(equivalent, name);
}

/** So many of those that are to be killed, by the seed. */
function sampleOf(): readonly NumberedMutant[] {
  const keyOf = ({ name }: NumberedMutant) => createHash("sha256").update(`${seed} ${name}`).digest("hex");
  // What is worked out while files are loaded takes a process for each mutant.
  const quick = all.filter((one) => !isListed(one) && !one.file.endsWith("/number-words.ts"));
  const keyed = quick.map((one) => ({ one, key: keyOf(one) }));
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, sampleSize ?? 0)
    .map(({ one }) => one);
}

function readArguments(argv: readonly string[]) {
  const numberAfter = (flag: string) => (argv.includes(flag) ? Number(argv[argv.indexOf(flag) + 1]) : null);
  const named = argv.filter((one) => one.endsWith(".ts"));
  return {
    files: named.filter((one) => !one.endsWith(".test.ts")),
    tests: named.filter((one) => one.endsWith(".test.ts")),
    sampleSize: numberAfter("--sample"),
    seed: numberAfter("--seed") ?? 1,
  };
}
