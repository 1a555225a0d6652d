import { theMutantSwitch } from "./mutant-switch.ts";

// Stand in for the maps of files that remember: what was written under one mutant is not known under another.

const shared = theMutantSwitch();

class ForgetfulMap<K, V> extends globalThis.Map<K, V> {
  #run = -1;

  #forget(): void {
    if (this.#run === shared.run) return;
    this.#run = shared.run;
    super.clear();
  }

  override get(key: K): V | undefined {
    this.#forget();
    return super.get(key);
  }

  override set(key: K, value: V): this {
    this.#forget();
    return super.set(key, value);
  }
}

class ForgetfulWeakMap<K extends WeakKey, V> extends globalThis.WeakMap<K, V> {
  readonly #runs = new globalThis.WeakMap<K, number>();

  override get(key: K): V | undefined {
    return this.#runs.get(key) === shared.run ? super.get(key) : undefined;
  }

  override set(key: K, value: V): this {
    this.#runs.set(key, shared.run);
    return super.set(key, value);
  }
}

export { ForgetfulMap as Map, ForgetfulWeakMap as WeakMap };
