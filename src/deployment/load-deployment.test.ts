import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAppError } from "../domain/errors.ts";
import { loadDeployment } from "./load-deployment.ts";

const shipped = join(import.meta.dirname, "..", "..", "data");
let dir = "";

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vouchsafe-config-"));
  for (const name of ["deployer.yaml", "taxonomy.yaml", "playbooks"]) {
    cpSync(join(shipped, name), join(dir, name), { recursive: true });
  }
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("the brand file", () => {
  test("that ships is usable, and without one there is no e-mail", () => {
    expect(load().brand).toBeNull();
    cpSync(join(shipped, "brand.yaml"), join(dir, "brand.yaml"));
    expect(load().brand).toMatchObject({
      sender: { name: "Tidewise", address: "hello@tidewise.example" },
      logoText: "Tidewise",
    });
  });

  test.each([
    [
      "an address",
      "address: hello@tidewise.example",
      "address: hello",
      /brand\.yaml:5: sender\.address: an e-mail address/,
    ],
    ["a colour", '"#0f6674"', "teal", /brand\.yaml:\d+: colours\.accent: #/],
    [
      "a name of two lines",
      "name: Tidewise",
      'name: "Tide\\r\\nBcc: x@evil.example"',
      /brand\.yaml:4: sender\.name: one line/,
    ],
    ["a field", "logoText: Tidewise", "logo: Tidewise", /brand\.yaml:\d+: logo: unknown field/],
    ["nothing", "name: Tidewise", "name: ", /brand\.yaml:4: sender\.name/],
  ])("with %s that is wrong is refused by file, line and field", (_what, from, to, words) => {
    cpSync(join(shipped, "brand.yaml"), join(dir, "brand.yaml"));
    edit("brand.yaml", from, to);
    expect(refusal()).toMatch(words);
  });
});

describe("an e-mail touchpoint", () => {
  test("needs a subject, and merge fields that there are", () => {
    edit("playbooks/reactivation.yaml", '    subject: "A result from {{industry}} worth two minutes"\n', "");
    expect(refusal()).toMatch(/touchpoints\.1.*an e-mail needs a subject/);
    edit(
      "playbooks/reactivation.yaml",
      "    place: reactivation-mail\n",
      '    place: reactivation-mail\n    subject: "For {{name}}"\n',
    );
    expect(refusal()).toMatch(/touchpoints\.1\.subject: "name" is not a merge field/);
  });
});

describe("the data that ships", () => {
  test("is usable, and has a playbook for the moments it is meant for", () => {
    const deployment = load();
    expect(deployment.profile.name).toBe("Tidewise");
    expect(deployment.playbooks.map(({ id }) => id).sort()).toEqual([
      "decision-acceleration",
      "evaluation-proof",
      "expansion",
      "first-visit",
      "nurture-sequence",
      "objection-answer",
      "onboarding-confidence",
      "onboarding-welcome",
      "product-interest",
      "reactivation",
      "renewal",
      "renewal-letter",
      "security-review",
    ]);
    expect(deployment.playbook("evaluation-proof", 1)?.title).toBe("Proof while a lead evaluates");
    expect(deployment.playbook("evaluation-proof", 99)).toBeNull();
    const at = { stage: "evaluation", persona: null, path: null } as const;
    expect(
      [
        deployment.choosePlaybook({ ...at, eventType: "lead.page-viewed.v1", path: "/pricing" }),
        deployment.choosePlaybook({ ...at, eventType: "lead.page-viewed.v1", path: "/imprint" }),
        deployment.choosePlaybook({ ...at, eventType: "lead.chat-message.v1" }),
        deployment.choosePlaybook({ ...at, eventType: "lead.inactive.v1" }),
      ].map((playbook) => playbook?.id),
    ).toEqual(["evaluation-proof", undefined, "objection-answer", "reactivation"]);
  });

  test("reads objections in three languages", () => {
    const { taxonomy } = load();
    for (const text of ["That is too expensive for us.", "Das ist uns zu teuer!", "C’est trop cher pour nous"]) {
      expect(taxonomy.read(text).objections).toEqual(["too-expensive"]);
    }
    expect(taxonomy.read("Does it have SOC 2, and an API?").themes).toEqual(["security", "integration"]);
  });
});

describe("what is wrong is named by file, line and field", () => {
  test("an unknown term comes with the nearest", () => {
    edit("playbooks/reactivation.yaml", "return-on-investment", "return-of-investment");
    expect(refusal()).toMatch(
      /reactivation\.yaml:\d+: prefer\.themes\.0: "return-of-investment" is not one of the deployment's themes; nearest: return-on-investment/,
    );
  });

  test("wrong values and unknown fields, of all files at once", () => {
    edit("deployer.yaml", "defaultCapacity: trade", "defaultCapacity: guild\nslogan: Hello");
    edit("deployer.yaml", "sector: software", "sector: softwares");
    edit("playbooks/evaluation-proof.yaml", "priority: 20", "priority: high");
    const words = refusal();
    expect(words).toMatch(/deployer\.yaml:8: defaultCapacity: /);
    expect(words).toMatch(/deployer\.yaml:9: slogan: unknown field/);
    expect(words).toMatch(/evaluation-proof\.yaml:\d+: priority: /);
  });

  test.each([
    ["a time zone", "deployer.yaml", "Europe/Berlin", "Europe/Bärlin", /defaultTimezone: an IANA time zone/],
    [
      "a sector",
      "deployer.yaml",
      "sector: software",
      "sector: softwear",
      /deployer\.yaml:4: sector: .*nearest: software/,
    ],
    ["a purpose", "playbooks/reactivation.yaml", "purpose: nurture", "purpose: nurse", /purpose: .*nearest: nurture/],
    [
      "a merge field",
      "playbooks/reactivation.yaml",
      "{{industry}}",
      "{{email}}",
      /touchpoints\.0\.framing: "email" is not/,
    ],
    [
      "a link's host",
      "playbooks/reactivation.yaml",
      "https://www.tidewise.example",
      "https://evil.example",
      /touchpoints\.0\.link\.url: the host is not among linkHosts/,
    ],
    [
      "a touchpoint twice",
      "playbooks/evaluation-proof.yaml",
      "docs-sidebar",
      "pricing-hero",
      /web\/pricing-hero is there twice/,
    ],
    ["a term twice", "taxonomy.yaml", "term: revops", "term: founder", /personas\.9\.term: "founder" is there twice/],
    [
      "pages without page views",
      "playbooks/evaluation-proof.yaml",
      "lead.page-viewed.v1, ",
      "",
      /pathContains: only page views/,
    ],
    ["YAML", "taxonomy.yaml", "industries:", "industries: [", /taxonomy\.yaml:\d+: /],
    ["a key twice", "deployer.yaml", "sector: software", "name: Other", /deployer\.yaml:4: Map keys must be unique/],
  ])("%s", (_, file, from, to, words) => {
    edit(file, from, to);
    expect(refusal()).toMatch(words);
  });

  test("one id and version in two files", () => {
    cpSync(join(dir, "playbooks", "reactivation.yaml"), join(dir, "playbooks", "x.yaml"));
    expect(refusal()).toMatch(/x\.yaml:3: version: another file has playbook reactivation version 2 too/);
  });

  test("missing, empty, binary and self-multiplying files", () => {
    rmSync(join(dir, "deployer.yaml"));
    writeFileSync(join(dir, "taxonomy.yaml"), Buffer.from([0xff, 0xfe, 0x00]));
    writeFileSync(join(dir, "playbooks", "empty.yaml"), "");
    const laughs = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
    writeFileSync(join(dir, "playbooks", "laughs.yaml"), `l0: &l0 [lol]\n${laughs.join("\n")}\n`);
    const words = refusal();
    expect(words).toMatch(/deployer\.yaml: there is no such file/);
    expect(words).toMatch(/taxonomy\.yaml: the file is not UTF-8/);
    expect(words).toMatch(/empty\.yaml:1: /);
    expect(words).toMatch(/laughs\.yaml: the file's aliases cannot be resolved/);
  });

  test("no playbooks, no folder", () => {
    rmSync(join(dir, "playbooks"), { recursive: true });
    expect(refusal()).toMatch(/the folder of playbooks cannot be read/);
  });
});

function load() {
  return loadDeployment({ configDir: dir, playbooksDir: join(dir, "playbooks") });
}

function refusal(): string {
  try {
    load();
  } catch (error) {
    if (isAppError(error) && error.code === "config") return error.message;
    throw error;
  }
  throw new Error("expected the data to be refused");
}

function edit(file: string, from: string, to: string): void {
  const path = join(dir, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}
