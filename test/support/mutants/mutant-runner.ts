import { setMaxListeners } from "node:events";
import { writeFileSync } from "node:fs";
import { type RunnerTask, type RunnerTestCase, TestRunner } from "vitest";
import { type MutantSwitch, theMutantSwitch } from "./mutant-switch.ts";
import type { MutantRunOrder, MutantRunResult } from "./run-order.ts";
import { isAbout } from "./subjects.ts";

// The runner of the tests that mutants are tried in. A test that passes on the sources as they are runs once more for
// each living mutant that it came by, and kills those that it fails on.

const order: MutantRunOrder = JSON.parse(process.env.MUTANT_RUN ?? "{}");
const found = {
  killed: new Map<number, string>(),
  reached: new Set<number>(),
  atLoad: new Set<number>(),
  elsewhere: new Set<number>(),
};
const unfit: string[] = [];
const slow: string[] = [];

/** What takes longer, warm, walks through many inputs or measures; hundreds of times would take an hour. */
const maxMicroseconds = 100_000;

/** Conditions come by in all the tests together are some millions. */
const endless = 200_000_000;

export default class MutantRunner extends TestRunner {
  readonly #of: MutantSwitch = theMutantSwitch();

  constructor(...all: ConstructorParameters<typeof TestRunner>) {
    super(...all);
    if (order.fromStart === null) return;
    this.#of.active = order.fromStart;
    this.#of.limit = endless;
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test);
    if (order.fromStart !== null) return run();
    const living = order.mutants.flatMap(([one, file]) =>
      !found.killed.has(one) && isAbout(nameOf(test), file) ? [one] : [],
    );
    for (const one of this.#of.reached) found.atLoad.add(one);
    if (living.length === 0) return;
    setMaxListeners(0, test.context.signal);
    await this.#try(-1, run);
    for (const one of this.#of.reached) found.elsewhere.add(one);
    const reached = living.filter((one) => this.#of.reached.has(one));
    for (const one of reached) found.reached.add(one);
    if (reached.length > 0) await this.#kill(reached, test, run);
    this.#of.active = -1;
    this.#of.reached.clear();
  }

  async #kill(living: readonly number[], test: RunnerTestCase, run: () => unknown): Promise<void> {
    const { count } = this.#of;
    const started = process.cpuUsage();
    const before = new Set(this.#of.reached);
    if (await this.#fails(-1, run)) return void unfit.push(nameOf(test));
    // Worked out once for all.
    for (const one of before) if (!this.#of.reached.has(one)) found.atLoad.add(one);
    if (process.cpuUsage(started).user > maxMicroseconds) return void slow.push(nameOf(test));
    const killed: number[] = [];
    for (const one of living) {
      this.#of.limit = 20 * count + 10_000;
      if (await this.#fails(one, run)) killed.push(one);
    }
    this.#of.limit = Number.POSITIVE_INFINITY;
    // A test that a mutant has left unfit to pass has told nothing.
    if (killed.length > 0 && (await this.#fails(-1, run))) unfit.push(nameOf(test));
    else for (const one of killed) found.killed.set(one, nameOf(test));
  }

  override onAfterRunFiles(): void {
    super.onAfterRunFiles();
    const result: MutantRunResult = {
      killed: [...found.killed],
      reached: [...found.reached],
      atLoad: [
        ...found.atLoad,
        ...this.#of.reached,
        // Come by in tests of something else alone, before those that it is tried in.
        ...[...found.elsewhere].filter((one) => !found.reached.has(one)),
      ],
      unfit,
      slow,
    };
    writeFileSync(order.resultFile, JSON.stringify(result));
  }

  async #fails(mutant: number, run: () => unknown): Promise<boolean> {
    try {
      await this.#try(mutant, run);
      return false;
    } catch {
      return true;
    }
  }

  async #try(mutant: number, run: () => unknown): Promise<void> {
    this.#of.reached.clear();
    this.#of.active = mutant;
    this.#of.count = 0;
    this.#of.run++;
    await run();
  }
}

function nameOf(test: RunnerTask): string {
  return `${test.file.name} > ${test.fullTestName}`;
}
