import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenApp, openApp, publishProof } from "../../../test/support/http.ts";
import { publicationId } from "../../domain/ids.ts";

let app: OpenApp;
let path: string;
beforeEach(async () => {
  app = await openApp();
  const { publicationId: id } = await publishProof(app);
  path = app.unsubscribeLinks.link(id).slice("https://proof.tidewise.example".length);
});
afterEach(() => app.close());

const suppressions = async () => (await app.crm.rights(app.store.read, app.knownLead)).suppressions;
const oneClick = {
  method: "POST",
  body: "List-Unsubscribe=One-Click",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
};
const outcomes = () => app.store.read.selectFrom("outcomes").select(["kind", "channel", "lead_id"]).execute();

test("looking at the link, as scanners do, changes nothing and shows a button", async () => {
  for (const method of ["GET", "HEAD", "GET"]) {
    const response = await app.app.request(path, { method });
    expect(response.status).toBe(200);
    const page = await response.text();
    if (method === "GET")
      expect(page).toMatch(/<form method="post">.*<button type="submit">Yes, unsubscribe me<\/button>/);
  }
  expect(await suppressions()).toEqual([]);
  expect(await outcomes()).toEqual([]);
});

test("one click unsubscribes, without a key, and once more changes nothing", async () => {
  for (let times = 0; times < 2; times++) {
    const response = await app.app.request(path, oneClick);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("You are unsubscribed");
  }
  expect(await suppressions()).toMatchObject([{ scope: "email", reason: "unsubscribed" }]);
  expect(await outcomes()).toEqual([{ kind: "unsubscribed", channel: "email", lead_id: app.knownLead }]);
  expect(await app.audited("lead.suppressed")).toHaveLength(1);
  expect(await app.audited("event.accepted")).toHaveLength(1);
});

test("it takes any body of a form or of a mail service, and no flood", async () => {
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  expect((await app.app.request(path, { method: "POST", body: form })).status).toBe(200);
  expect((await app.app.request(path, { method: "POST" })).status).toBe(200);
  expect((await app.app.request(path, { method: "POST", body: "x".repeat(20_000) })).status).toBe(413);
});

test("a full inbox does not keep anybody from unsubscribing", async () => {
  const refusing = {
    accept: async () => ({ outcome: "refused", code: "overloaded", message: "", fields: [] }) as const,
  };
  const full = await openApp({ intake: refusing });
  const { publicationId: id } = await publishProof(full);
  const link = full.unsubscribeLinks.link(id).slice("https://proof.tidewise.example".length);
  expect((await full.app.request(link, oneClick)).status).toBe(200);
  expect((await full.crm.rights(full.store.read, full.knownLead)).suppressions).toHaveLength(1);
  await full.close();
});

test("a forged, cut or expired link says so, and does nothing", async () => {
  const foreign = path.replace(/pub_.{26}/, app.runtime.ids.next("pub"));
  for (const method of ["GET", "POST"]) {
    for (const forged of [foreign, path.slice(0, -3), `${path}x`, "/u/x"]) {
      const response = await app.app.request(forged, { method });
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("This link does not work");
    }
  }
  app.runtime.advance(400 * 86_400_000);
  for (const method of ["GET", "POST"]) {
    const response = await app.app.request(path, { method });
    expect(response.status).toBe(410);
    expect(await response.text()).toContain("This link has expired");
  }
  expect(await suppressions()).toEqual([]);
});

test("a link of ours to what is not there does nothing", async () => {
  const gone = app.unsubscribeLinks
    .link(publicationId.parse(`pub_${"0".repeat(26)}`))
    .slice("https://proof.tidewise.example".length);
  expect((await app.app.request(gone, oneClick)).status).toBe(404);
});

test("the page runs and loads nothing, can't be framed, and is not kept", async () => {
  const response = await app.app.request(path);
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; frame-ancestors 'none'/,
  );
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  const page = await response.text();
  expect(page).toMatch(/<html lang="en">/);
  expect(page).toMatch(/<main><h1>/);
  expect(page).not.toMatch(/<script|<img|<link|https?:/);
});

test("neither the link nor the lead is in the log", async () => {
  await app.app.request(path, oneClick);
  expect(app.logged()).toContain("/u/{token}");
  expect(app.logged()).not.toContain(path.slice(40));
  expect(app.logged()).not.toContain(app.knownLead);
});
