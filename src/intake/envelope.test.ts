import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventData, eventTypes } from "../domain/event.ts";
import { parseEnvelope, timeLimits } from "./envelope.ts";
import { maxDepth } from "./json-text.ts";
import { upcasters } from "./upcasters.ts";

const now = Date.UTC(2026, 10, 23, 9);
const terms = {
  problem: (vocabulary: string, term: string) => (term === "nurture" ? null : `"${term}" is not one of ${vocabulary}`),
};
const parse = (value: unknown) => parseEnvelope(value, now, { terms, upcasters, limits: timeLimits });
const fieldsOf = (value: unknown) => {
  const parsed = parse(value);
  return parsed.ok ? [] : parsed.fields.map(({ pointer }) => pointer);
};

const viewed = {
  specversion: "1.0",
  id: "evt-1",
  source: "/web/pricing",
  type: "lead.page-viewed.v1",
  subject: "L-1042",
  time: "2026-11-23T09:59:00+01:00",
  data: { url: "https://example.com/pricing", title: "Pricing" },
};
const consent = {
  ...viewed,
  type: "lead.consent-changed.v1",
  data: {
    consent: { channel: "email", purpose: "nurture", basis: "consent", status: "granted", at: "2019-01-01T00:00:00Z" },
  },
};
const revoked = { ...viewed, type: "asset.grant-revoked.v1", subject: "a-1", data: { assetId: "a-1" } };

describe("the trace that an event came with", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  it("is read where it is well-formed; else the event is taken without it", () => {
    expect(parse({ ...viewed, traceparent })).toMatchObject({ ok: true, event: { traceparent } });
    for (const bad of ["00-1", "", 7, true, `${traceparent}-more`]) {
      const parsed = parse({ ...viewed, traceparent: bad });
      expect(parsed.ok && "traceparent" in parsed.event).toBe(false);
      expect(parsed).toMatchObject({ ok: true, envelope: { traceparent: bad } });
    }
    const parsed = parse(viewed);
    expect(parsed.ok && "traceparent" in parsed.event).toBe(false);
  });
});

describe("a CloudEvent", () => {
  it("becomes an event, with its extension attributes kept", () => {
    const parsed = parse({
      ...viewed,
      traceparent: "00-1",
      attempt: 3,
      datacontenttype: "application/json; charset=utf-8",
    });
    expect(parsed).toMatchObject({
      ok: true,
      event: {
        type: "lead.page-viewed.v1",
        source: "/web/pricing",
        id: "evt-1",
        time: Date.UTC(2026, 10, 23, 8, 59),
        subject: "L-1042",
        data: viewed.data,
      },
      envelope: { traceparent: "00-1", attempt: 3 },
    });
  });

  it("happened now when it does not say when", () => {
    const { time: _, ...timeless } = viewed;
    expect(parse(timeless)).toMatchObject({ ok: true, event: { time: now } });
  });

  it.each([
    [5 * 60_000, true],
    [5 * 60_000 + 1, false],
    [-30 * 86_400_000, true],
    [-30 * 86_400_000 - 1, false],
  ])("%i ms from now: taken is %s", (offset, isTaken) => {
    const time = new Date(now + offset).toISOString();
    expect(fieldsOf({ ...viewed, time })).toEqual(isTaken ? [] : ["/time"]);
  });

  it.each([
    ["an array", [], [""]],
    ["null", null, [""]],
    ["no subject and no id", { ...viewed, subject: undefined, id: undefined }, ["/id", "/subject"]],
    ["another specversion", { ...viewed, specversion: "0.3" }, ["/specversion"]],
    ["an unknown type", { ...viewed, type: "lead.teleported.v1" }, ["/type"]],
    ["an unknown version", { ...viewed, type: "lead.page-viewed.v2" }, ["/type"]],
    ["a type from the prototype", { ...viewed, type: "constructor" }, ["/type"]],
    ["time that is none", { ...viewed, time: "yesterday" }, ["/time"]],
    ["no data", { ...viewed, data: undefined }, ["/data"]],
    [
      "two unknown fields in data",
      { ...viewed, data: { ...viewed.data, "a/b": 1, "c~d": 2 } },
      ["/data/a~1b", "/data/c~0d"],
    ],
    ["a url that can act", { ...viewed, data: { url: "javascript:alert(1)" } }, ["/data/url"]],
    ["binary data", { ...viewed, data_base64: "AA==" }, ["/data_base64"]],
    ["other content", { ...viewed, datacontenttype: "text/xml" }, ["/datacontenttype"]],
    ["an attribute name in capitals", { ...viewed, Subject: "x" }, ["/Subject"]],
    ["an attribute that is an object", { ...viewed, ext: {} }, ["/ext"]],
    ["half a surrogate pair", { ...viewed, data: { ...viewed.data, title: "a\ud800b" } }, ["/data/title"]],
    ["NUL in an extension", { ...viewed, ext: "a\0b" }, ["/ext"]],
    ["NUL in a name", { ...viewed, data: { "a\0b": 1 } }, ["/data"]],
    [
      "a purpose that is not in the taxonomy",
      { ...consent, data: { consent: { ...consent.data.consent, purpose: "spam" } } },
      ["/data/consent/purpose"],
    ],
    [
      "consent given tomorrow",
      { ...consent, data: { consent: { ...consent.data.consent, at: "2026-11-24T09:00:00Z" } } },
      ["/data/consent/at"],
    ],
    ["an asset that is not the subject", { ...revoked, subject: "a-2" }, ["/subject"]],
    [
      "an outcome of tomorrow",
      { ...viewed, type: "outcome.opened.v1", data: { channel: "web", at: "2026-11-24T09:00:00Z" } },
      ["/data/at"],
    ],
    [
      "faults in several places",
      { ...viewed, time: "2020-01-01T00:00:00Z", Ext: 1, data: {} },
      ["/Ext", "/time", "/data/url"],
    ],
  ])("with %s is refused, naming the field", (_, value, pointers) => {
    expect(fieldsOf(value).sort()).toEqual([...pointers].sort());
  });

  it("keeps an old consent, an emoji and markup as they are", () => {
    expect(parse(consent)).toMatchObject({ ok: true });
    const title = "😀 <script>alert(1)</script> '; DROP TABLE inbox; --";
    expect(parse({ ...viewed, data: { ...viewed.data, title } })).toMatchObject({
      ok: true,
      event: { data: { title } },
    });
  });

  it("names the types there are", () => {
    const parsed = parse({ ...viewed, type: "nonsense" });
    for (const type of eventTypes) expect(parsed.ok ? "" : parsed.fields[0]?.message).toContain(type);
  });

  it("may be nested only so deep, and no depth exhausts the stack", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const parsed = parse({ ...viewed, data: deep });
    expect(parsed.ok ? "" : parsed.fields[0]?.message).toContain(`${maxDepth} levels`);
  });
});

describe("any JSON at all", () => {
  const isAnswer = (value: unknown) => {
    const parsed = parse(value);
    if (parsed.ok) {
      expect(Object.keys(eventData)).toContain(parsed.event.type);
      return;
    }
    expect(parsed.fields.length).toBeGreaterThan(0);
    for (const { pointer, message } of parsed.fields) {
      expect(pointer).toMatch(/^(\/([^~/]|~[01])*)*$/);
      expect(message).not.toBe("");
    }
  };

  it("is an event or a refusal with pointers", () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), isAnswer));
  });

  it("is so too within an envelope", () => {
    const field = fc.constantFrom(...Object.keys(viewed), "ext", "__proto__", "data_base64");
    const type = fc.constantFrom(...eventTypes, "lead.created.v2");
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), type, fc.jsonValue(), (change, named, data) => {
        isAnswer({ ...viewed, type: named, data });
        isAnswer({ ...viewed, type: named, ...change });
        isAnswer(JSON.parse(`{"__proto__": ${JSON.stringify(data)}, "specversion": "1.0"}`));
      }),
    );
  });

  it("is so too when it is not even JSON", () => {
    fc.assert(fc.property(fc.anything(), (value) => void parse(value)));
  });
});
