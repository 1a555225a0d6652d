import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenApp, openApp, publishProof } from "../../test/support/http.ts";
import { asset } from "../../test/support/records.ts";
import { problem, problemTable } from "./errors.ts";
import type { Role } from "./http.ts";

let app: OpenApp;
beforeAll(async () => {
  app = await openApp();
  await publishProof(app);
});
afterAll(() => app.close());

const ulid = "01JD00000000000000000000AB";
/** Every call, with a path that could exist, and the roles that may not make it. */
const calls: readonly { method: string; path: string; body?: boolean; forbidden: readonly Role[] }[] = [
  { method: "POST", path: "/v1/events", body: true, forbidden: ["operator", "reviewer"] },
  { method: "GET", path: "/v1/events/dead-letters", forbidden: ["integration", "reviewer"] },
  { method: "POST", path: `/v1/events/evt_${ulid}/replay`, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/decisions", forbidden: [] },
  { method: "GET", path: `/v1/decisions/dec_${ulid}`, forbidden: [] },
  { method: "GET", path: `/v1/decisions/dec_${ulid}/explanation`, forbidden: [] },
  { method: "GET", path: `/v1/decisions/dec_${ulid}/scenario`, forbidden: ["integration"] },
  { method: "POST", path: `/v1/decisions/dec_${ulid}/replay`, forbidden: ["integration"] },
  { method: "POST", path: "/v1/replays", body: true, forbidden: ["integration"] },
  { method: "GET", path: "/v1/approvals", forbidden: ["integration"] },
  { method: "GET", path: `/v1/approvals/apr_${ulid}`, forbidden: ["integration"] },
  { method: "POST", path: `/v1/approvals/apr_${ulid}`, body: true, forbidden: ["integration"] },
  { method: "GET", path: "/v1/clearances", forbidden: ["integration"] },
  { method: "GET", path: `/v1/clearances/clr_${ulid}`, forbidden: ["integration"] },
  { method: "POST", path: `/v1/clearances/clr_${ulid}`, body: true, forbidden: ["integration"] },
  { method: "GET", path: "/v1/assets", forbidden: [] },
  { method: "POST", path: "/v1/assets", body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/assets/none", forbidden: [] },
  { method: "PUT", path: "/v1/assets/none", body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/assets/search", forbidden: [] },
  { method: "GET", path: "/v1/assets/coverage", forbidden: [] },
  { method: "GET", path: "/v1/assets/none/versions", forbidden: [] },
  { method: "GET", path: "/v1/assets/none/versions/1", forbidden: [] },
  { method: "GET", path: "/v1/assets/none/history", forbidden: [] },
  { method: "POST", path: "/v1/assets/none/status", body: true, forbidden: ["integration", "reviewer"] },
  { method: "POST", path: "/v1/assets/none/rollback", body: true, forbidden: ["integration", "reviewer"] },
  { method: "PUT", path: "/v1/assets/none/grants/g", forbidden: ["integration", "reviewer"] },
  { method: "DELETE", path: "/v1/assets/none/grants/g", forbidden: ["integration", "reviewer"] },
  { method: "POST", path: "/v1/assets/none/revoke", body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/grants/none", forbidden: [] },
  { method: "PUT", path: "/v1/grants/none", body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/grants/none/history", forbidden: [] },
  { method: "POST", path: "/v1/grants/none/revoke", body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/endorsers/none", forbidden: [] },
  { method: "PUT", path: "/v1/endorsers/none", body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/endorsers/none/history", forbidden: [] },
  { method: "GET", path: "/v1/accounts", forbidden: [] },
  { method: "GET", path: "/v1/accounts/none", forbidden: [] },
  { method: "PUT", path: "/v1/accounts/none", body: true, forbidden: ["reviewer"] },
  { method: "GET", path: "/v1/accounts/none/leads", forbidden: [] },
  { method: "GET", path: "/v1/opportunities/none", forbidden: [] },
  { method: "PUT", path: "/v1/opportunities/none", body: true, forbidden: ["reviewer"] },
  { method: "GET", path: "/v1/leads", forbidden: [] },
  { method: "GET", path: "/v1/leads/none", forbidden: [] },
  { method: "PUT", path: "/v1/leads/none", body: true, forbidden: ["operator", "reviewer"] },
  { method: "GET", path: "/v1/leads/none/consents", forbidden: [] },
  { method: "POST", path: "/v1/leads/none/consents", body: true, forbidden: ["operator", "reviewer"] },
  { method: "POST", path: "/v1/leads/none/token", body: true, forbidden: ["operator", "reviewer"] },
  { method: "GET", path: "/v1/publications", forbidden: [] },
  { method: "GET", path: `/v1/publications/pub_${ulid}`, forbidden: [] },
  { method: "POST", path: `/v1/publications/pub_${ulid}/withdraw`, body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: `/v1/publications/pub_${ulid}/message`, forbidden: ["integration"] },
  { method: "GET", path: "/v1/deliveries", forbidden: ["integration"] },
  { method: "GET", path: `/v1/deliveries/dlv_${ulid}`, forbidden: ["integration"] },
  { method: "POST", path: `/v1/deliveries/dlv_${ulid}/retry`, body: true, forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/kill-switches", forbidden: ["integration"] },
  { method: "PUT", path: "/v1/kill-switches", body: true, forbidden: ["integration", "reviewer"] },
  { method: "DELETE", path: "/v1/kill-switches/asset/none", forbidden: ["integration", "reviewer"] },
  { method: "GET", path: "/v1/policies", forbidden: ["integration"] },
  { method: "GET", path: "/v1/policies/versions", forbidden: ["integration"] },
  { method: "GET", path: "/v1/policies/versions/none", forbidden: ["integration"] },
  { method: "POST", path: "/v1/policies/versions", body: true, forbidden: ["integration", "operator", "reviewer"] },
  { method: "POST", path: "/v1/policies/roll-back", body: true, forbidden: ["integration", "operator", "reviewer"] },
  { method: "GET", path: "/v1/policies/overrides", forbidden: ["integration"] },
  { method: "POST", path: "/v1/policies/overrides", body: true, forbidden: ["integration", "operator", "reviewer"] },
  { method: "DELETE", path: "/v1/policies/overrides/none", forbidden: ["integration", "operator", "reviewer"] },
  { method: "GET", path: "/v1/keys", forbidden: ["integration", "operator", "reviewer"] },
  { method: "POST", path: "/v1/keys", body: true, forbidden: ["integration", "operator", "reviewer"] },
  { method: "DELETE", path: `/v1/keys/key_${ulid}`, forbidden: ["integration", "operator", "reviewer"] },
  { method: "GET", path: "/v1/audit/entries", forbidden: ["integration"] },
  { method: "GET", path: "/v1/stream", forbidden: ["integration"] },
  { method: "POST", path: "/v1/stream/token", forbidden: ["integration"] },
  { method: "GET", path: "/v1/audit/tree", forbidden: ["integration"] },
];
const named = calls.map((call) => [`${call.method} ${call.path}`, call] as const);
const taking = named.filter(([, call]) => call.body);

/** Whatever goes wrong, the answer is a problem document of the expected status that leaks nothing. */
async function expectProblem(response: Response, ...statuses: number[]) {
  expect(statuses).toContain(response.status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = problem.parse(await response.json());
  expect(body.status).toBe(response.status);
  expect(body.instance).toBe(response.headers.get("x-request-id"));
  expect(JSON.stringify(body)).not.toMatch(/sqlite|select |node_modules|\.ts:|at Object/i);
  return body;
}

describe("the table of calls", () => {
  it("names every route that needs a key", async () => {
    const served = app.app.routes
      .filter(({ method, path }) => path.startsWith("/v1/") && !path.startsWith("/v1/slots") && method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`);
    const pattern = ({ method, path }: { method: string; path: string }) =>
      `${method} ${path
        .replace(`evt_${ulid}`, ":id")
        .replace(/(dec|apr|clr|pub|dlv|key)_\w+/, ":id")
        .replace("grants/g", "grants/:grantId")
        .replace("versions/1", "versions/:version")
        .replace("versions/none", "versions/:version")
        .replace("asset/none", ":scope/:target")
        .replace("none", ":id")}`;
    expect([...served].sort()).toEqual(calls.map(pattern).sort());
  });
});

describe.each(named)("%s", (_, { method, path, body, forbidden }) => {
  const sent = body ? {} : undefined;

  it("wants a key: none, an unknown one, another scheme", async () => {
    const missing = await app.call(null, method, path, sent);
    await expectProblem(missing, 401);
    expect(missing.headers.get("www-authenticate")).toMatch(/^Bearer/);
    for (const authorization of ["Bearer vsk_wrong", "Basic dTpw", "Bearer", "Bearer ' OR 1=1 --"]) {
      await expectProblem(await app.call(null, method, path, sent, { Authorization: authorization }), 401);
    }
  });

  it("refuses roles that may not", async () => {
    for (const role of forbidden) await expectProblem(await app.call(role, method, path, sent), 403);
  });

  it("refuses unknown query parameters, naming them", async () => {
    const { errors } = await expectProblem(await app.call("admin", method, `${path}?surprise=1`, sent), 400, 404);
    if (errors !== undefined) expect(errors.map(({ pointer }) => pointer)).toContain("/surprise");
  });

  it("does not take another method", async () => {
    const response = await app.call("admin", "PATCH", path);
    await expectProblem(response, 405);
    expect(response.headers.get("allow")).toContain(method);
  });
});

describe.each(taking)("%s refuses a body that is", (_, { method, path }) => {
  const send = (body: string | Uint8Array, type = "application/json") =>
    app.call("admin", method, path, body, { "Content-Type": type });

  it("of another type", async () => {
    await expectProblem(await send("{}", "text/plain"), 415);
    await expectProblem(await send("a=b", "application/x-www-form-urlencoded"), 415);
  });
  it.each(["{", '{"a":1,}', "nonsense", "{'a':1}", "[1,2", '"\u0001"'])("not JSON: %j", async (text) => {
    await expectProblem(await send(text), 400);
  });
  it("not UTF-8", async () => {
    await expectProblem(await send(new Uint8Array([0x22, 0xff, 0xfe, 0x22])), 400);
  });
  it.each(["null", "[]", "1", '"text"', '{"surprise":1}', '{"__proto__":{"a":1}}', '{"constructor":1}'])(
    "of the wrong shape: %s",
    async (text) => {
      await expectProblem(await send(text), 422);
    },
  );
  it("holding a NUL or half a surrogate pair", async () => {
    const { errors } = await expectProblem(await send('{"a":["x\\u0000"],"b":"\\ud800"}'), 422);
    expect(errors?.map(({ pointer }) => pointer)).toEqual(["/a/0", "/b"]);
  });
  it("nested too deep", async () => {
    await expectProblem(await send(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), 400);
  });
  it("ten megabytes, with and without a length", async () => {
    const large = "x".repeat(10_000_000);
    await expectProblem(await send(large), 413);
    await expectProblem(await app.call("admin", method, path, large, { "Content-Length": String(large.length) }), 413);
  });
});

const creating = /^\/v1\/(leads|grants|endorsers|accounts|opportunities)\/none$/;
const nasty = ["'; DROP TABLE leads; --", "<script>alert(1)</script>", "%00", "%ff%fe", "a".repeat(5000), "..%2f..%2f"];

describe("what is not there", () => {
  it.each(named.filter(([, call]) => /none|_01/.test(call.path)))(
    "%s: 404 for any id",
    async (_, { method, path, body }) => {
      const sent = body ? validBody(path) : undefined;
      // A PUT of these makes what it names.
      if (!(method === "PUT" && creating.test(path)))
        await expectProblem(await app.call("admin", method, path, sent), 404);
      for (const id of nasty.map((text) =>
        text.startsWith("%") || text.startsWith("..") ? text : encodeURIComponent(text),
      )) {
        const wrong = path.replace(/none|[a-z]{3}_01\w+/, id);
        await expectProblem(await app.call("admin", method, wrong, sent), 404);
      }
    },
  );

  it.each([
    "/v1",
    "/v2/events",
    "/v1/grants",
    "/v1/nothing",
    "/schemas/none.json",
    "/schemas/__proto__.json",
    "/docs/x",
    "/demo",
    "/demo/demo.js",
    "/problems/none",
  ])("%s", async (path) => {
    await expectProblem(await app.call(null, "GET", path), 404);
  });
});

describe("lists", () => {
  it.each([
    "/v1/decisions",
    "/v1/approvals",
    "/v1/clearances",
    "/v1/assets",
    "/v1/leads",
    "/v1/accounts",
    "/v1/publications",
    "/v1/deliveries",
    "/v1/audit/entries",
    "/v1/events/dead-letters",
  ])("%s refuses limits and cursors that are none", async (path) => {
    for (const query of [
      "limit=0",
      "limit=201",
      "limit=abc",
      "limit=-1",
      "limit=1&limit=2",
      "cursor=x",
      "cursor=",
      "cursor=YXNzZXRzOicgT1IgMT0x",
      `cursor=${Buffer.from("other:dec_1").toString("base64url")}`,
      "cursor=%ff",
    ]) {
      await expectProblem(await app.call("admin", "GET", `${path}?${query}`), 400);
    }
  });
});

describe("what a change was made on", () => {
  const body = validBody("/v1/assets/none");
  it.each([
    "v1-active",
    '"v1-active',
    '"v1-active" "v2-active"',
    '"a",',
    ',"a"',
    '"a"b"',
    'w/"a"',
    '*, "a"',
    "",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
  ])("is refused when it is no list of entity tags: %j", async (ifMatch) => {
    const before = await app.catalogue.asset(app.store.read, asset);
    const { errors } = await expectProblem(
      await app.call("operator", "PUT", `/v1/assets/${asset}`, body, { "If-Match": ifMatch }),
      400,
    );
    expect(errors?.[0]?.pointer).toBe("/If-Match");
    expect(await app.catalogue.asset(app.store.read, asset)).toEqual(before);
  });

  it.each([
    [undefined, 428],
    ['"v9-active"', 412],
    ['W/"v1-active"', 412],
    ['"v1-draft", "v1-disputed"', 412],
  ])("%j: %i, and nothing is changed", async (ifMatch, status) => {
    const headers: Record<string, string> = ifMatch === undefined ? {} : { "If-Match": ifMatch };
    const before = await stored();
    const response = await app.call("operator", "PUT", `/v1/assets/${asset}`, body, headers);
    const { errors } = await expectProblem(response, status);
    expect(errors?.[0]?.pointer).toBe("/If-Match");
    expect(await stored()).toEqual(before);
  });

  it.each([
    ["status", { to: "disputed", reason: "x" }],
    ["rollback", { version: 1 }],
  ])("is honoured by %s where it is sent", async (step, sent) => {
    const before = await stored();
    const response = await app.call("operator", "POST", `/v1/assets/${asset}/${step}`, sent, { "If-Match": '"v9"' });
    await expectProblem(response, 412);
    expect(await stored()).toEqual(before);
  });
});

describe("what is refused is not half stored", () => {
  const source = { system: "own", verified: true };
  const statistic = {
    kind: "statistic",
    title: "T",
    language: "en",
    freshnessTimestamp: "2026-09-30T00:00:00Z",
    source,
  };
  const relationship = "customer";
  const terms = {
    license: "x",
    consentStatus: "granted",
    channels: ["web"],
    territories: ["*"],
    purposes: ["nurture"],
    elements: ["quote"],
  };
  const at = `/v1/assets/${asset}`;
  const current = { "If-Match": '"v1-active"' };
  it.each([
    [
      "POST",
      "/v1/assets",
      { assetId: "x-1", ...statistic, endorser: { relationship }, grantIds: ["g-404"] },
      "/grantIds/0",
    ],
    [
      "POST",
      "/v1/assets",
      { assetId: "x-1", ...statistic, endorser: { relationship }, themes: ["no-such"] },
      "/themes/0",
    ],
    ["POST", "/v1/assets", { assetId: "x-1", ...statistic, status: "deprecated" }, "/status"],
    ["POST", "/v1/assets", { assetId: "<b>", ...statistic }, "/assetId"],
    ["PUT", at, { ...statistic, assetId: "another" }, "/assetId"],
    ["PUT", at, { ...statistic, status: "draft" }, "/status"],
    ["PUT", at, { ...statistic, endorser: { relationship, name: "N" }, endorserId: "e-404" }, "/endorserId"],
    ["PUT", at, { ...statistic, endorser: { relationship, name: "N" }, grantIds: ["g-404"] }, "/grantIds/0"],
    ["PUT", at, { ...statistic, title: 7 }, "/title"],
    ["POST", `${at}/status`, { to: "shiny", reason: "x" }, "/to"],
    ["POST", `${at}/status`, { to: "disputed" }, "/reason"],
    ["POST", `${at}/status`, { to: "disputed", reason: " " }, "/reason"],
    ["POST", `${at}/status`, { to: "disputed", reason: "x".repeat(301) }, "/reason"],
    ["POST", `${at}/rollback`, { version: 0 }, "/version"],
    ["POST", `${at}/rollback`, { version: "1" }, "/version"],
    ["POST", `${at}/rollback`, { version: 7 }, "/version"],
    ["PUT", "/v1/grants/x-1", { ...terms, channels: ["fax"] }, "/channels/0"],
    ["PUT", "/v1/grants/x-1", { ...terms, territories: ["Germany"] }, "/territories/0"],
    ["PUT", "/v1/grants/x-1", { ...terms, grantId: "x-2" }, "/grantId"],
    ["PUT", "/v1/endorsers/x-1", { relationship, email: "jane@example.com" }, "/email"],
    ["PUT", "/v1/endorsers/x-1", { relationship, endorserId: "x-2" }, "/endorserId"],
    ["PUT", "/v1/accounts/x-1", { name: "" }, "/name"],
    ["PUT", "/v1/opportunities/x-1", { stage: "demo", accountId: "'; DROP TABLE leads; --" }, "/accountId"],
    ["PUT", "/v1/leads/x-1", { country: "DE", stage: "evaluation", accountId: "<b>" }, "/accountId"],
    ["PUT", "/v1/leads/x-1", { country: "DE", stage: "evaluation", accountId: "A-1", persona: "no-such" }, "/persona"],
    ["POST", "/v1/leads/L-1042/consents", { channel: "fax" }, "/channel"],
  ])("%s %s %j: %s", async (method, path, body, pointer) => {
    const before = await stored();
    const { errors } = await expectProblem(await app.call("admin", method, path, body, current), 422);
    expect(errors?.map((one) => one.pointer)).toContain(pointer);
    expect(await stored()).toEqual(before);
  });

  it("takes HTML and SQL in words for the words they are", async () => {
    const words = `<img src=x onerror=alert(1)> '; DROP TABLE assets; --`;
    const made = await app.call("operator", "POST", "/v1/assets", { assetId: "x-2", ...statistic, title: words });
    expect(made.status).toBe(201);
    const step = { to: "disputed", reason: words };
    expect((await app.call("operator", "POST", "/v1/assets/x-2/status", step)).status).toBe(200);
    const read = await app.call("operator", "GET", "/v1/assets/x-2");
    expect(read.headers.get("content-type")).toBe("application/json");
    expect(await read.json()).toMatchObject({ current: { content: { title: words } } });
    const history = await (await app.call("operator", "GET", "/v1/assets/x-2/history")).json();
    expect(history).toMatchObject({ items: [{ reason: words }, {}] });
  });
});

/** Everything a refused call could have left behind. */
async function stored() {
  const tables = [
    "assets",
    "asset_versions",
    "endorsers",
    "grants",
    "asset_grants",
    "accounts",
    "opportunities",
    "leads",
    "consents",
    "catalogue_history",
    "catalogue_changes",
    "audit_entries",
    "publications",
  ] as const;
  return Promise.all(tables.map((table) => app.store.read.selectFrom(table).selectAll().execute()));
}

describe("the public slot", () => {
  it("says what is wrong with a token, and shows nothing", async () => {
    for (const [token, word] of [
      ["", "malformed"],
      ["x", "malformed"],
      [`v1.${"A".repeat(12)}.${"A".repeat(43)}`, "forged"],
    ] as const) {
      const { detail } = await expectProblem(await app.call(null, "GET", `/v1/slots/pricing-hero?lead=${token}`), 401);
      expect(detail).toContain(word);
    }
    await expectProblem(await app.call(null, "GET", "/v1/slots/pricing-hero"), 401);
  });

  it.each(nasty)("has no place of the name %j", async (name) => {
    const { token } = app.leadTokens.mint(app.knownLead, 60_000);
    const path = name.startsWith("%") || name.startsWith("..") ? name : encodeURIComponent(name);
    await expectProblem(await app.call(null, "GET", `/v1/slots/${path}?lead=${token}`), 404);
  });

  it("takes GET and nothing else", async () => {
    const response = await app.call(null, "POST", "/v1/slots/pricing-hero", {});
    await expectProblem(response, 405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});

it("every problem names a page that says what it means", async () => {
  for (const code of Object.keys(problemTable)) {
    const response = await app.call(null, "GET", `/problems/${code}`);
    expect(await response.json()).toMatchObject({ code });
  }
});

function validBody(path: string): unknown {
  if (path.startsWith("/v1/deliveries")) return {};
  if (path === "/v1/assets/none") {
    const source = { system: "own", verified: true };
    return { kind: "statistic", title: "T", language: "en", freshnessTimestamp: "2026-09-30T00:00:00Z", source };
  }
  if (path.endsWith("/status")) return { to: "disputed", reason: "because" };
  if (path.endsWith("/rollback")) return { version: 1 };
  if (path.startsWith("/v1/accounts")) return { name: "Hanse Beispiel" };
  if (path.startsWith("/v1/opportunities")) return { stage: "demo" };
  if (path === "/v1/endorsers/none") return { relationship: "customer" };
  if (path === "/v1/grants/none") {
    const reach = { channels: ["web"], territories: ["*"], purposes: ["nurture"], elements: ["quote"] };
    return { license: "x", consentStatus: "granted", ...reach };
  }
  if (path.startsWith("/v1/clearances")) return { verdict: "clear" };
  if (path.startsWith("/v1/approvals")) return { verdict: "approve", contentHash: "sha256:0" };
  if (path.endsWith("/token") || path.endsWith("/retry")) return {};
  if (path.endsWith("/consents")) {
    return { channel: "email", purpose: "nurture", basis: "consent", status: "granted", at: "2026-11-01T00:00:00Z" };
  }
  if (path === "/v1/policies/overrides") {
    return { rule: "contact.repeat", scope: "global", reason: "because", until: "2026-12-31T00:00:00Z" };
  }
  if (path === "/v1/policies/versions") return { files: [], reason: "because" };
  if (path.startsWith("/v1/leads")) return { country: "DE", stage: "evaluation" };
  return { reason: "because" };
}
