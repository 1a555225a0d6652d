import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lockfile, missingEntries, platformOf } from "./lockfile.ts";

const text = readFileSync(new URL("../package-lock.json", import.meta.url), "utf8");
const lock = lockfile.parse(JSON.parse(text));

describe("the lockfile", () => {
  it("has an entry for every platform (else run `npm run lock`)", () => {
    expect(missingEntries(lock).map(({ path }) => path)).toEqual([]);
  });

  it("holds no download address, so that any registry can serve it", () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});

describe("an entry that npm left out", () => {
  it("is found with version and platform", () => {
    const packages = {
      "": {},
      "node_modules/tool": {
        version: "1.0.0",
        dev: true,
        optionalDependencies: { "@tool/linux-x64-musl": "1.0.0", "@tool/darwin-arm64": "1.0.0" },
      },
      "node_modules/@tool/darwin-arm64": { version: "1.0.0" },
    };
    expect(missingEntries({ packages })).toEqual([
      {
        path: "node_modules/@tool/linux-x64-musl",
        entry: { version: "1.0.0", cpu: ["x64"], libc: ["musl"], os: ["linux"], dev: true, optional: true },
      },
    ]);
  });

  it.each([
    ["@oxc-parser/binding-linux-arm-gnueabihf", { cpu: ["arm"], libc: ["glibc"], os: ["linux"] }],
    ["@oxc-parser/binding-win32-ia32-msvc", { cpu: ["ia32"], os: ["win32"] }],
  ])("%s", (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  it("is not guessed at", () => {
    expect(() => platformOf("left-pad")).toThrow("left-pad");
  });
});
