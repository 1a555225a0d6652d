import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decision } from "../src/domain/decision.ts";
import { slot } from "../src/domain/publication.ts";
import { adminKey, type ServiceProcess, startProcess } from "./support/process.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const walk = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

// The walk is made of shell commands; a machine without curl cannot take it.
describe.skipIf(!hasCurl)("the README's walk, on a first start", () => {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-readme-"));
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startProcess({ VOUCHSAFE_DATA_DIR: join(folder, "var") });
  });
  afterAll(async () => {
    await service.terminate();
    rmSync(folder, { recursive: true });
  });

  /** A block as it stands, with the address, the key and the ids that its reader would put in. */
  function step(block: string | undefined, ids: Record<string, string> = {}): string[] {
    const filled = Object.entries(ids).reduce((text, [from, to]) => text.replaceAll(from, to), block ?? "");
    const script = `URL=${service.url}\nKEY='Authorization: Bearer ${adminKey}'\n${filled.replaceAll("\ncurl", "\necho; curl")}`;
    const run = spawnSync("bash", ["--norc", "-euc", script], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    return run.stdout.split("\n").filter((line) => line !== "");
  }
  const json = (line: string | undefined) => JSON.parse(line ?? "null");

  it("goes as it says", () => {
    const [settings, event, shown, why, doubtful, answer, withdrawal, ...others] = walk;
    expect(settings).toContain("URL=http://127.0.0.1:8787");
    expect(others).toEqual([]);

    const published = decision.parse(json(step(event)[0]));
    expect(published).toMatchObject({ status: "published", leadId: "L-1042" });
    const [placed] = published.placements;
    expect(placed).toMatchObject({ assetId: "nordlicht-in-neun-tagen-live", verdict: "allow", state: "live" });

    const page = slot.parse(json(step(shown).at(-1)));
    expect(page.publication).toMatchObject({
      assetId: placed?.assetId,
      attribution: expect.stringContaining("Erika Mustermann"),
    });

    const explained = json(step(why, { "dec_…": published.decisionId })[0]);
    expect(explained.decisionId).toBe(published.decisionId);

    const [asked, queue] = step(doubtful);
    expect(json(asked)).toMatchObject({ status: "awaiting-approval", leadId: "L-4009" });
    const [question, ...more] = json(queue).items;
    expect(more).toEqual([]);
    expect(question).toMatchObject({ leadId: "L-4009", status: "waiting" });

    const ids = { "apr_…": question.approvalId, "sha256:…": question.contentHash };
    expect(json(step(answer, ids)[0])).toMatchObject({ approvalId: question.approvalId, status: "approved" });

    const { receipt } = json(step(withdrawal)[0]);
    expect(receipt).toContainEqual({ kind: "publication", id: placed?.publicationId, result: "withdrawn" });
    expect(json(step(shown).at(-1))).toEqual({ place: "pricing-hero", publication: null });
  });
});

it("names files that are there", () => {
  for (const [, path = ""] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
    expect(() => readFileSync(new URL(`../${path}`, import.meta.url)), path).not.toThrow(/ENOENT/);
});
