import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestService, type TestService } from "./support/service.ts";

let folder: string;
let service: TestService | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policies-"));
});
afterEach(async () => {
  await service?.close();
  service = null;
  rmSync(folder, { recursive: true, force: true });
});

const open = () => openTestService({ env: { VOUCHSAFE_POLICIES_DIR: folder } });
const policy = `@id("own.no-web") @effect("deny") @holds("It is not the web.") @reason("Nothing on the web here.")
  @source("House rule") @effective_from("2026-11-01")
  forbid (principal, action == Action::"publish", resource) when { context.use.channel == "web" };`;

it("a deployment's own policy decides with the built-in ones, and is named by the ruleset", async () => {
  writeFileSync(join(folder, "own.cedar"), policy);
  service = await open();
  await service.putAsset();
  await service.putLead();
  const decision = await service.decide({});
  expect(decision.status).not.toBe("published");
  expect(JSON.stringify(decision)).toContain("own.no-web");
});

it("a service whose own policies are not usable does not start, and says where they are wrong", async () => {
  writeFileSync(join(folder, "own.cedar"), "forbid (principal, action, resource) when { context.nothing };");
  await expect(open()).rejects.toMatchObject({ code: "config", message: expect.stringContaining("own.cedar:1") });
});

it("an empty folder changes nothing", async () => {
  service = await open();
  await service.putAsset();
  await service.putLead();
  expect((await service.decide({})).status).toBe("published");
});
