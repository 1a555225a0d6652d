import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { makeAuditLog } from "../audit/sql-audit-log.ts";
import { makeTermIndex } from "../deployment/term-index.ts";
import { assetInput } from "../domain/asset.ts";
import { taxonomy } from "../domain/deployer-profile.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { assetId, endorserId } from "../domain/ids.ts";
import { makeVault } from "../vault/envelope-vault.ts";
import type { Catalogue } from "./catalogue.ts";
import { makeCatalogue } from "./sql-catalogue.ts";

const NAME = "Wilhelmina Sturzenegger";
const base = {
  assetId: "a-1",
  kind: "testimonial",
  title: "Live in nine days",
  quote: "We were live in nine days.",
  language: "en",
  source: { system: "interview", verified: true },
  themes: ["onboarding"],
  freshnessTimestamp: "2026-09-30T00:00:00Z",
};
const grant = {
  license: "customer-release",
  consentStatus: "granted",
  channels: ["web"],
  territories: ["*"],
  purposes: ["nurture"],
  elements: ["quote", "name"],
};
const endorser = { name: NAME, role: "COO", company: "Globex", industry: "logistics", relationship: "customer" };
const id = assetId.parse("a-1");

let db: TestStore;
let catalogue: Catalogue;
const runtime = testRuntime();

beforeEach(async () => {
  db = await openTestStore();
  const vault = makeVault({ keyEncryptionKey: new Uint8Array(32).fill(7), runtime });
  const words = (term: string) => ({ term, label: term, phrases: [] });
  const terms = makeTermIndex(
    taxonomy.parse({
      personas: [words("revops")],
      industries: [words("logistics")],
      products: [words("core")],
      themes: [words("onboarding"), words("support")],
      objections: [words("too-expensive")],
      purposes: [words("nurture"), words("expansion")],
    }),
  );
  const audit = makeAuditLog({ vault, clock: runtime.clock, ids: runtime.ids });
  catalogue = makeCatalogue({ vault, audit, clock: runtime.clock, terms });
});
afterEach(() => db.close());

describe("putting an asset", () => {
  test("stores version, endorser and grant as records of their own", async () => {
    expect(await put({ ...base, endorser, grant })).toEqual({ result: "created", version: 1 });
    const version = await catalogue.version(db.store.read, id, 1);
    expect(version).toMatchObject({ endorserId: "a-1.endorser", content: { title: "Live in nine days", claims: [] } });
    expect(version?.contentSha).toBe(jsonDigest({ content: version?.content, endorserId: "a-1.endorser" }));
    expect(Object.keys(version?.content ?? {})).not.toContain("grant");
    expect(await catalogue.rights(db.store.read, id)).toMatchObject({
      status: "active",
      currentVersion: 1,
      grants: [{ grantId: "a-1.grant", revokedAt: null, terms: { attribution: "full", excerptsAllowed: false } }],
      endorser: { role: "COO", company: "Globex" },
    });
    expect(await auditKinds()).toEqual(["endorser.changed", "asset.versioned", "grant.added"]);
    expect(await changes()).toEqual(["a-1"]);
  });

  test("the same again changes nothing, and leaves no trace", async () => {
    await put({ ...base, endorser, grant });
    expect(await put({ ...base, endorser, grant })).toEqual({ result: "unchanged", version: 1 });
    expect(await auditKinds()).toHaveLength(3);
    expect(await changes()).toHaveLength(1);
  });

  test("other content makes a new version; the old one stays as it was", async () => {
    await put({ ...base, endorser });
    const before = await catalogue.version(db.store.read, id, 1);
    expect(await put({ ...base, endorser, title: "Live in ten days" })).toEqual({ result: "versioned", version: 2 });
    expect(await catalogue.version(db.store.read, id, 1)).toEqual(before);
    expect((await catalogue.versions(db.store.read, id)).map((version) => version.content.title)).toEqual([
      "Live in nine days",
      "Live in ten days",
    ]);
    expect((await catalogue.asset(db.store.read, id))?.currentVersion).toBe(2);
  });

  test("another endorser is another version, since the version names its endorser", async () => {
    await put({ ...base, endorser });
    expect(await put(base)).toEqual({ result: "versioned", version: 2 });
    expect((await catalogue.rights(db.store.read, id)).endorser).toBeNull();
  });

  test("one without endorser and grant is stored, and has no rights", async () => {
    await put(base);
    expect(await catalogue.rights(db.store.read, id)).toEqual({
      status: "active",
      currentVersion: 1,
      grants: [],
      endorser: null,
    });
  });

  test("an unchanged version still takes new endorser facts and grant terms", async () => {
    await put({ ...base, endorser, grant });
    const again = { ...base, endorser: { ...endorser, company: "Initech" }, grant: { ...grant, channels: ["email"] } };
    expect(await put(again)).toEqual({ result: "unchanged", version: 1 });
    const rights = await catalogue.rights(db.store.read, id);
    expect(rights.endorser?.company).toBe("Initech");
    expect(rights.grants.map(({ terms }) => terms.channels)).toEqual([["email"]]);
    expect(await changes()).toEqual(["a-1", "a-1"]);
    const bodies = await auditBodies("grant.added");
    expect(bodies[1]?.replaces).toBe(bodies[0]?.termsSha);
  });

  test("an endorser or grant that assets share changes for all of them", async () => {
    await put({ ...base, endorser: { ...endorser, endorserId: "e-1" }, grant: { ...grant, grantId: "g-1" } });
    await put({ ...base, assetId: "a-2", endorserId: "e-1", grantIds: ["g-1"] });
    await put({
      ...base,
      endorser: { ...endorser, endorserId: "e-1", role: "CFO" },
      grant: { ...grant, grantId: "g-1", purposes: ["expansion"] },
    });
    const other = await catalogue.rights(db.store.read, assetId.parse("a-2"));
    expect(other.endorser?.role).toBe("CFO");
    expect(other.grants[0]?.terms.purposes).toEqual(["expansion"]);
    expect((await changes()).slice(2).sort()).toEqual(["a-1", "a-2"]);
  });

  test("unknown ids and terms are refused with pointers and the nearest terms, and nothing is stored", async () => {
    const bad = {
      ...base,
      themes: ["onboarding", "onbording"],
      productContext: ["cor"],
      audienceSegment: { personas: ["revop"], industries: ["x"] },
      objections: ["expensive"],
      endorserId: "nobody",
      grant: { ...grant, purposes: ["nurtur"] },
      grantIds: ["g-9"],
    };
    const error = await refusal(put(bad));
    expect(error.code).toBe("invalid");
    expect(error.fields.map((field) => field.pointer)).toEqual([
      "/productContext/0",
      "/audienceSegment/personas/0",
      "/audienceSegment/industries/0",
      "/themes/1",
      "/objections/0",
      "/grant/purposes/0",
      "/endorserId",
      "/grantIds/0",
    ]);
    expect(error.fields[3]?.message).toContain("nearest: onboarding");
    expect(await catalogue.asset(db.store.read, id)).toBeNull();
    expect(await auditKinds()).toEqual([]);
  });

  test("an id too long to be added to still gets an endorser and a grant, the same each time", async () => {
    const long = { ...base, assetId: "x".repeat(128), endorser, grant };
    await put(long);
    expect(await put(long)).toEqual({ result: "unchanged", version: 1 });
  });
});

describe("names", () => {
  test("are read back, and are nowhere in the clear", async () => {
    await put({ ...base, endorser, grant });
    const who = endorserId.parse("a-1.endorser");
    expect(await catalogue.endorserIdentity(db.store.read, who)).toEqual({ name: NAME });
    await put({ ...base, endorser: { ...endorser, name: "Someone Else" }, grant });
    expect(await catalogue.endorserIdentity(db.store.read, who)).toEqual({ name: "Someone Else" });
    expect(await catalogue.endorserIdentity(db.store.read, endorserId.parse("nobody"))).toBeNull();
    const bytes = Buffer.concat([readFileSync(db.file), readFileSync(`${db.file}-wal`)]);
    expect(bytes.includes("Globex")).toBe(true);
    expect(bytes.includes("Sturzenegger")).toBe(false);
  });

  test("of an endorser who was erased are gone at once, and no import brings them back", async () => {
    await put({ ...base, endorser, grant });
    const who = endorserId.parse("a-1.endorser");
    expect(await catalogue.endorserIdentity(db.store.read, who)).toEqual({ name: NAME });
    const vault = makeVault({ keyEncryptionKey: new Uint8Array(32).fill(7), runtime });
    await db.store.write((trx) => vault.erase(trx, `endorser:${who}`));
    const fresh = makeVault({ keyEncryptionKey: new Uint8Array(32).fill(7), runtime });
    const audit = makeAuditLog({ vault: fresh, clock: runtime.clock, ids: runtime.ids });
    const terms = {
      ...makeTermIndex({ personas: [], industries: [], products: [], themes: [], objections: [], purposes: [] }),
      problem: () => null,
    };
    catalogue = makeCatalogue({ vault: fresh, audit, clock: runtime.clock, terms });
    expect(await catalogue.endorserIdentity(db.store.read, who)).toBeNull();
    expect((await refusal(put({ ...base, endorser, grant }))).code).toBe("conflict");
  });
});

describe("revoking", () => {
  test("ends every grant that stands, once, also for others that share it", async () => {
    await put({ ...base, endorser, grant: { ...grant, grantId: "g-1" } });
    await put({ ...base, assetId: "a-2", grantIds: ["g-1"] });
    runtime.advance(1000);
    expect(await revoke("she asked us to")).toEqual(["g-1"]);
    expect(await revoke("again")).toEqual([]);
    const revokedAt = runtime.clock.now();
    expect((await catalogue.rights(db.store.read, id)).grants[0]?.revokedAt).toBe(revokedAt);
    expect((await catalogue.rights(db.store.read, assetId.parse("a-2"))).grants[0]?.revokedAt).toBe(revokedAt);
    expect((await changes()).slice(2).sort()).toEqual(["a-1", "a-2"]);
    const bodies = await auditBodies("grant.revoked");
    expect(bodies).toHaveLength(1);
    expect(JSON.stringify(bodies)).not.toContain("asked");
  });

  test("is final: no import brings a revoked grant back, by whatever name", async () => {
    await put({ ...base, grant });
    await revoke("withdrawn");
    for (const attempt of [
      { ...base, grant },
      { ...base, title: "New", grant: { ...grant, channels: ["ads"] } },
    ]) {
      const error = await refusal(put(attempt));
      expect(error).toMatchObject({ code: "conflict", fields: [{ pointer: "/grant" }] });
      expect(error.message).toContain("revoked");
    }
    expect(await refusal(put({ ...base, assetId: "a-2", grantIds: ["a-1.grant"] }))).toMatchObject({
      code: "conflict",
      fields: [{ pointer: "/grantIds/0" }],
    });
    expect((await catalogue.asset(db.store.read, id))?.currentVersion).toBe(1);
    await put({ ...base, grant: { ...grant, grantId: "g-new" } });
    expect((await catalogue.rights(db.store.read, id)).grants.map(({ revokedAt }) => revokedAt === null)).toEqual([
      false,
      true,
    ]);
  });

  test("an unknown asset is not found", async () => {
    expect((await refusal(revoke("x"))).code).toBe("not-found");
  });
});

describe("status and lists", () => {
  test("a change of status is recorded once and announced; a new version keeps it", async () => {
    await put(base);
    await db.store.write((trx) => catalogue.setStatus(trx, id, "disputed"));
    const again = await refusal(db.store.write((trx) => catalogue.setStatus(trx, id, "disputed")));
    expect(again).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("active or deprecated or withdrawn"),
    });
    expect(await auditBodies("asset.status-changed")).toMatchObject([{ from: "active", to: "disputed" }]);
    await put({ ...base, title: "Other" });
    expect((await catalogue.rights(db.store.read, id)).status).toBe("disputed");
    const unknown = db.store.write((trx) => catalogue.setStatus(trx, assetId.parse("zz"), "active"));
    expect((await refusal(unknown)).code).toBe("not-found");
  });

  test("assets are paged by id; what is unknown is null", async () => {
    for (const assetId of ["b", "a", "c"]) await put({ ...base, assetId });
    const page = (after: string | null) => catalogue.listAssets(db.store.read, { after, limit: 2 });
    expect((await page(null)).map((record) => record.assetId)).toEqual(["a", "b"]);
    expect((await page("b")).map((record) => record.assetId)).toEqual(["c"]);
    expect(await catalogue.asset(db.store.read, id)).toBeNull();
    expect(await catalogue.version(db.store.read, id, 1)).toBeNull();
    expect(await catalogue.versions(db.store.read, id)).toEqual([]);
    expect((await catalogue.rights(db.store.read, id)).status).toBeNull();
  });
});

function put(input: object) {
  return db.store.write((trx) => catalogue.putAsset(trx, assetInput.parse(input)));
}

function revoke(reason: string) {
  return db.store.write((trx) => catalogue.revokeGrants(trx, id, reason));
}

async function refusal(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}

async function auditKinds() {
  return (await db.store.read.selectFrom("audit_entries").select("kind").orderBy("entry_id").execute()).map(
    ({ kind }) => kind,
  );
}

async function auditBodies(kind: string): Promise<Record<string, unknown>[]> {
  const rows = await db.store.read
    .selectFrom("audit_entries")
    .select("body")
    .where("kind", "=", kind)
    .orderBy("entry_id")
    .execute();
  return rows.map(({ body }) => JSON.parse(body));
}

async function changes() {
  const rows = await db.store.read.selectFrom("catalogue_changes").select("asset_id").orderBy("change_id").execute();
  return rows.map((row) => row.asset_id);
}
