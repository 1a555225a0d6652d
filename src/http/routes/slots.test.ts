import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type OpenApp, openApp, publishProof, readAs } from "../../../test/support/http.ts";
import { lead } from "../../../test/support/records.ts";
import { slot } from "../../domain/publication.ts";
import { formatFor } from "./slots.ts";

const mintedToken = z.looseObject({ token: z.string(), expiresAt: z.string() });
let app: OpenApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

async function get(headers: Record<string, string> = {}, from: OpenApp = app) {
  const minted = await from.call("integration", "POST", `/v1/leads/${lead}/token`);
  const { token } = await readAs(minted, mintedToken);
  return from.call(null, "GET", `/v1/slots/pricing-hero?lead=${token}`, undefined, headers);
}

describe("GET /v1/slots/:place", () => {
  it("answers in JSON, HTML and JSON-LD", async () => {
    const { publicationId } = await publishProof(app);
    const json = await get();
    expect(json.headers.get("content-type")).toBe("application/json");
    expect(slot.parse(await json.json()).publication?.publicationId).toBe(publicationId);
    const html = await get({ Accept: "text/html" });
    expect(html.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(html.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const { headers } of [json, html]) expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(await html.text()).toMatch(/^<figure class="vouchsafe" lang="en" data-publication="pub_/);
    const linked = await get({ Accept: "application/ld+json" });
    expect(linked.headers.get("content-type")).toBe("application/ld+json");
    expect(await linked.json()).toMatchObject({ "@context": "https://schema.org", "@type": "Quotation" });
  });

  it("answers emptily where there is nothing", async () => {
    await app.store.write((trx) =>
      app.crm.putLead(trx, { leadId: lead, country: "DE", stage: "evaluation", productInterest: [], consents: [] }),
    );
    expect(await (await get()).json()).toEqual({ place: "pricing-hero", publication: null });
    const html = await get({ Accept: "text/html" });
    expect([html.status, await html.text()]).toEqual([200, ""]);
    expect(await (await get({ Accept: "application/ld+json" })).json()).toMatchObject({ "@graph": [] });
  });

  it("answers 304 to what the page has, per representation, and anew once it changes", async () => {
    const { publicationId } = await publishProof(app);
    const etag = (await get()).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const response = await get({ "If-None-Match": tag });
      expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, etag, ""]);
    }
    expect((await get({ "If-None-Match": etag, Accept: "text/html" })).status).toBe(200);
    await app.call("operator", "POST", `/v1/publications/${publicationId}/withdraw`, { reason: "x" });
    expect((await get({ "If-None-Match": etag })).status).toBe(200);
  });

  it("is kept by no shared cache, and varies by what it negotiates", async () => {
    await publishProof(app);
    const { headers } = await get({ Origin: "https://any.example" });
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(headers.get("vary")).toBe("Accept");
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  it("is readable by pages of the allowed origins alone, also when it is a problem", async () => {
    const limits = { ...app.deps.limits, allowedOrigins: ["https://www.tidewise.example"] };
    const closed = await openApp({ limits });
    await publishProof(closed);
    for (const [origin, allowed] of [
      ["https://www.tidewise.example", "https://www.tidewise.example"],
      ["https://evil.example", null],
      ["https://www.tidewise.example.evil.example", null],
    ] as const) {
      const preflight = await closed.call(null, "OPTIONS", "/v1/slots/pricing-hero", undefined, { Origin: origin });
      const refused = await closed.call(null, "GET", "/v1/slots/pricing-hero?lead=x", undefined, { Origin: origin });
      for (const response of [await get({ Origin: origin }, closed), preflight, refused]) {
        expect(response.headers.get("access-control-allow-origin")).toBe(allowed);
        expect(response.headers.get("vary")).toBe("Accept, Origin");
      }
      expect([preflight.status, refused.status]).toEqual([204, 401]);
    }
    await closed.close();
  });

  it("takes a token no longer than it lasts, and says that it expired", async () => {
    await publishProof(app);
    const minted = await app.call("integration", "POST", `/v1/leads/${lead}/token`, { ttlSeconds: 60 });
    const { token, expiresAt } = await readAs(minted, mintedToken);
    expect(Date.parse(expiresAt) - app.runtime.clock.now()).toBe(60_000);
    app.runtime.advance(60_000);
    const response = await app.call(null, "GET", `/v1/slots/pricing-hero?lead=${token}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ detail: "The lead token is expired." });
    expect((await app.call("integration", "POST", `/v1/leads/${lead}/token`, { ttlSeconds: 3601 })).status).toBe(422);
  });
});

describe("formatFor", () => {
  it.each([
    [undefined, "json"],
    ["*/*", "json"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"],
    ["application/ld+json, application/json;q=0.5", "jsonLd"],
    ["text/html;q=0.1, application/json;q=0.9", "json"],
    ["text/html;q=0, */*", "json"],
    ["image/png", "json"],
    [";;;,,,", "json"],
  ])("%s: %s", (accept, format) => expect(formatFor(accept)).toBe(format));
});
