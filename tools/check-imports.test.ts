import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cruiseImports, type ImportReport } from "./cruise-imports.ts";

/** A house in small: what it may do, and one file for each thing that it may not. */
const house = {
  "src/domain/lead.ts": `export type Lead = string;`,
  "src/domain/impure.ts": `import "../config.ts";`,
  "src/config.ts": `export const config = 1;`,
  "src/vault/vault.ts": `import type { Lead } from "../domain/lead.ts"; export interface Vault { open(lead: Lead): void }`,
  "src/vault/sqlite-vault.ts": `import type { Vault } from "./vault.ts"; export type V = Vault;`,
  "src/channels/channel.ts": `export type { Secret } from "./web/pages.ts";`,
  "src/channels/web/pages.ts": `export type Secret = 1;`,
  "src/catalogue/search/search.ts": `export type Hits = 1;`,
  "src/crm/fine.ts": `import type { Vault } from "../vault/vault.ts"; import type { Hits } from "../catalogue/search/search.ts"; export type F = [Vault, Hits];`,
  "src/crm/intruder.ts": `import type { V } from "../vault/sqlite-vault.ts"; export type I = V;`,
  "src/crm/reads-settings.ts": `import { config } from "../config.ts"; export const c = config;`,
  "src/crm/calls-graph.ts": `import { graph } from "../graph/graph.ts"; export const g = graph;`,
  "src/crm/calls-http.ts": `import type { App } from "../http/http.ts"; export type A = App;`,
  "src/crm/calls-compose.ts": `import { compose } from "../compose.ts"; export const c = compose;`,
  "src/crm/needs-test.ts": `import { fake } from "../../test/fake.ts"; export const f = fake;`,
  "src/crm/lost.ts": `import "./nowhere.ts";`,
  "src/crm/one.ts": `import { two } from "./two.ts"; export const one = two;`,
  "src/crm/two.ts": `import type { one } from "./one.ts"; export const two: typeof one | 1 = 1;`,
  "src/crm/intruder.test.ts": `import type { V } from "../vault/sqlite-vault.ts"; export type T = V;`,
  "src/graph/graph.ts": `import { n } from "./nodes/act.ts"; export const graph = n;`,
  "src/graph/nodes/act.ts": `export const n = 1;`,
  "src/intake/worker.ts": `import { graph } from "../graph/graph.ts"; export const w = graph;`,
  "src/http/http.ts": `export type App = 1;`,
  "src/compose.ts": `import type { V } from "./vault/sqlite-vault.ts"; import { config } from "./config.ts"; import { graph } from "./graph/graph.ts"; export const compose: [V, number, number] | [number, number] = [config, graph];`,
  "src/server.ts": `import { compose } from "./compose.ts"; export const s = compose;`,
  "test/fake.ts": `import { s } from "../src/server.ts"; export const fake = s;`,
};

describe("the import rules", () => {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-imports-"));
  let report: ImportReport;
  beforeAll(() => {
    for (const [path, source] of Object.entries(house)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    report = cruiseImports(folder, ["src", "test"]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("sees every module, types and all", () => {
    expect(report.modules).toBeGreaterThanOrEqual(Object.keys(house).length);
  });

  it.each([
    ["domain-is-pure", "src/domain/impure.ts"],
    ["ports-name-no-insides", "src/channels/channel.ts"],
    ["ports-only", "src/crm/intruder.ts"],
    ["settings-are-handed-in", "src/crm/reads-settings.ts"],
    ["nobody-below-imports-the-graph", "src/crm/calls-graph.ts"],
    ["nobody-below-imports-http", "src/crm/calls-http.ts"],
    ["nobody-below-imports-the-composition", "src/crm/calls-compose.ts"],
    ["the-product-needs-no-tests", "src/crm/needs-test.ts"],
    ["resolvable", "src/crm/lost.ts"],
    ["no-cycles", "src/crm/one.ts"],
  ])("%s catches %s", (rule, from) => {
    expect(report.violations).toContainEqual(expect.objectContaining({ rule, from }));
  });

  it("let pass what keeps to them", () => {
    const offenders = new Set(report.violations.map(({ from }) => from));
    for (const path of ["src/crm/fine.ts", "src/crm/intruder.test.ts", "src/intake/worker.ts", "src/compose.ts"])
      expect(offenders).not.toContain(path);
  });
});
