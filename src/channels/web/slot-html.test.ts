import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assetId, publicationId } from "../../domain/ids.ts";
import { isWebLink, type SlotParts, slotHtml } from "./slot-html.ts";
import { embeddableJson, slotJsonLd } from "./slot-json-ld.ts";

const parts: SlotParts = {
  publicationId: publicationId.parse("pub_01JD00000000000000000000AB"),
  assetId: assetId.parse("a-1"),
  quote: "We were live in nine days.",
  title: "Live in nine days",
  attribution: "Jane Sample, Acme",
  framing: "What others say",
  disclosure: "Jane got a gift card.",
  links: [{ url: "https://www.tidewise.example/?a=1&b=2", text: "More" }],
  language: "en",
};

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "</blockquote><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onclick='alert(1)",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "{{company}}",
    "javascript:alert(1)",
  ),
);

describe("slotHtml", () => {
  it("is a figure with quote, attribution, disclosure and link", () => {
    expect(slotHtml(parts)).toBe(
      '<figure class="vouchsafe" lang="en" data-publication="pub_01JD00000000000000000000AB">' +
        '<p class="vouchsafe-framing">What others say</p>' +
        '<blockquote class="vouchsafe-quote"><p>We were live in nine days.</p></blockquote>' +
        '<figcaption>Jane Sample, Acme <small class="vouchsafe-disclosure">Jane got a gift card.</small> ' +
        '<a href="https://www.tidewise.example/?a=1&amp;b=2" rel="noopener nofollow">More</a></figcaption></figure>',
    );
  });

  it("shows the title where there is no quote, and leaves out what is empty", () => {
    const html = slotHtml({ ...parts, quote: null, framing: "", attribution: "", disclosure: null, links: [] });
    expect(html).toContain('<p class="vouchsafe-title">Live in nine days</p></figure>');
    expect(html).not.toContain("figcaption");
  });

  it("holds no tag and no attribute but its own, whatever the texts are", () => {
    const shape = (html: string) => (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
    const expected = shape(slotHtml(parts));
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 7, maxLength: 7 }), (texts) => {
        const [quote = "", title = "", attribution = "", framing = "", disclosure = "", url = "", text = ""] =
          texts.map((given) => `x${given}`);
        const html = slotHtml({ ...parts, quote, title, attribution, framing, disclosure, links: [{ url, text }] });
        expect(shape(html)).toEqual(expected);
      }),
    );
  });
});

describe("isWebLink", () => {
  it.each(["https://a.example/", "http://a.example/x?y#z"])("%s is", (url) => expect(isWebLink(url)).toBe(true));
  it.each(["javascript:alert(1)", "data:text/html,x", "//a.example", "/x", "https://", " https://a.example", ""])(
    "%j is not",
    (url) => expect(isWebLink(url)).toBe(false),
  );
});

describe("slotJsonLd", () => {
  it("is a Quotation, without stars", () => {
    expect(slotJsonLd(parts)).toMatchObject({ "@type": "Quotation", text: parts.quote, creditText: parts.attribution });
    expect(slotJsonLd({ ...parts, quote: null })).toMatchObject({ "@type": "CreativeWork", name: parts.title });
  });

  it("stays inside a script element, and the same JSON", () => {
    fc.assert(
      fc.property(hostile, (quote) => {
        const value = slotJsonLd({ ...parts, quote });
        const text = embeddableJson(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
