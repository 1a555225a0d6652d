import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";
import { expect, it } from "vitest";
import { installTurnStorage } from "./turn-storage.ts";

installTurnStorage();
const storage = AsyncLocalStorageProviderSingleton.getInstance();

it("holds a store for the call, gives its answer, and lets go", () => {
  expect(storage.run("outer", () => storage.getStore())).toBe("outer");
  expect(storage.getStore()).toBeUndefined();
});

it("nests, each store standing until its own call ends", () => {
  storage.run("outer", () => {
    storage.run("inner", () => expect(storage.getStore()).toBe("inner"));
    expect(storage.getStore()).toBe("outer");
  });
  expect(storage.getStore()).toBeUndefined();
});

it("puts back what stood before when the call throws", () => {
  storage.run("outer", () => {
    expect(() =>
      storage.run("inner", () => {
        throw new Error("failed inside");
      }),
    ).toThrow("failed inside");
    expect(storage.getStore()).toBe("outer");
  });
});

it("lets nothing leak past the turn: what follows an await sees no store, and not another's", async () => {
  const seen: unknown[] = [];
  const work = (name: string) =>
    storage.run(name, async () => {
      seen.push(storage.getStore());
      await Promise.resolve();
      seen.push(storage.getStore());
    });
  await Promise.all([work("first"), work("second")]);
  expect(seen).toEqual(["first", "second", undefined, undefined]);
});

it("keeps the storage that the process installed first", () => {
  installTurnStorage();
  expect(AsyncLocalStorageProviderSingleton.getInstance()).toBe(storage);
});
