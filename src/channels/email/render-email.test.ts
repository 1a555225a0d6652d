import fc from "fast-check";
import { type AddressObject, simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import { testRuntime } from "../../../test/support/runtime.ts";
import { brand } from "../../domain/brand.ts";
import type { EmailParts } from "./email-parts.ts";
import { mailMessage } from "./mail-message.ts";
import { oneLine } from "./one-line.ts";
import { renderEmail } from "./render-email.ts";

const own = brand.parse({
  sender: { name: "Tidewise Übersee", address: "hello@tidewise.example", replyTo: "team@tidewise.example" },
  logoText: "Tidewise",
  footer: "Freight & friends",
});
const unsubscribeUrl =
  "https://proof.tidewise.example/u/pub_00000000000000000000000000.1800000000.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
const head = { brand: own, postalAddress: "Speicherstrasse 12, Hamburg", unsubscribeUrl };
const parts: EmailParts = {
  language: "de",
  subject: "In neun Tagen live – für Größere",
  framing: "Was andere sagen",
  quote: "Wir waren in neun Tagen live.",
  title: "In neun Tagen live",
  attribution: "Petra Beispielfrau, Leiterin",
  disclosure: "Erhielt einen Gutschein.",
  links: [
    { url: "https://www.tidewise.example/customers?a=1&b=2", text: "Geschichten lesen" },
    { url: "https://www.g2.example/1", text: "Source" },
  ],
};
const { ids } = testRuntime();
const key = ids.next("dlv");

async function mailOf(changes: Partial<EmailParts> = {}, to: { address?: string; name?: string | null } = {}) {
  const rendering = renderEmail({ ...parts, ...changes }, head);
  const addressing = { key, brand: own, unsubscribeUrl, now: Date.UTC(2026, 10, 23, 9) };
  const message = await mailMessage(rendering, {
    ...addressing,
    to: { address: "jonas@buyer.example", name: "Jonas Größe", ...to },
  });
  if (!message) throw new Error("the addresses are usable");
  return { message, raw: message.bytes.toString("latin1"), mail: await simpleParser(message.bytes) };
}

const headersOf = (raw: string) =>
  raw
    .slice(0, raw.indexOf("\r\n\r\n"))
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");

describe("a message", () => {
  test("previews the words around the proof, and no piece of the proof itself", () => {
    const hidden = (changes: Partial<EmailParts>) =>
      /<div style="display:none[^"]*">([^<]*)<\/div>/.exec(renderEmail({ ...parts, ...changes }, head).html)?.[1];
    expect(hidden({})).toBe(parts.framing);
    expect(hidden({ quote: "The best that we have ever bought, if you never need support." })).toBe(parts.framing);
    expect(hidden({ framing: "" })).toBeUndefined();
  });

  test("has both parts with the same words, and the headers by which one click unsubscribes", async () => {
    const { raw, mail, message } = await mailOf();
    expect(mail.subject).toBe(parts.subject);
    expect(mail.from?.text).toContain("Tidewise Übersee");
    expect(mail.replyTo?.text).toContain("team@tidewise.example");
    expect((mail.to as AddressObject).value).toEqual([{ name: "Jonas Größe", address: "jonas@buyer.example" }]);
    expect(mail.date).toEqual(new Date(Date.UTC(2026, 10, 23, 9)));
    expect(message.messageId).toBe(`<${key}@tidewise.example>`);
    for (const words of [
      parts.framing,
      parts.quote,
      parts.attribution,
      parts.disclosure,
      "Speicherstrasse 12, Hamburg",
      "abbestellen",
    ]) {
      expect(mail.text).toContain(words);
      expect(mail.html).toContain(words);
    }
    const headers = headersOf(raw);
    expect(headers).toContain(`List-Unsubscribe: <${unsubscribeUrl}>`);
    expect(headers).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(mail.text).toContain(unsubscribeUrl);
    expect(mail.html).toContain(`href="${unsubscribeUrl}"`);
    expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThan(998);
  });

  test("is the same bytes for the same delivery", async () => {
    expect((await mailOf()).raw).toBe((await mailOf()).raw);
  });

  test("loads, runs and tracks nothing, and its links go where they say", async () => {
    const html = String((await mailOf()).mail.html);
    expect(html).not.toMatch(/<(?:img|script|form|iframe|link|table)\b|\bsrc=|url\(/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual([
      "https://www.tidewise.example/customers?a=1&amp;b=2",
      "https://www.g2.example/1",
      unsubscribeUrl,
    ]);
  });

  test("shows the title where there is no quote, and leaves out what is empty", async () => {
    const { mail } = await mailOf({ quote: null, attribution: "", disclosure: null, framing: "", links: [] });
    expect(mail.text).toContain(parts.title);
    expect(mail.html).not.toContain("blockquote");
    expect(mail.html).not.toMatch(/<p[^>]*><\/p>/);
  });

  test("can't be given a header by any text in it", async () => {
    const evil = "Hello\r\nBcc: victim@evil.example\nX-Evil: 1\u2028Y: 2\u0000";
    const { raw, mail } = await mailOf({ subject: evil, framing: evil }, { name: evil });
    for (const header of headersOf(raw)) expect(header).not.toMatch(/^(?:bcc|x-evil|y):/i);
    expect(mail.bcc).toBeUndefined();
    expect((mail.to as AddressObject).value).toHaveLength(1);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (text) => {
        const made = await mailOf({ subject: `${text}x` }, { name: text });
        const names = headersOf(made.raw).map((line) => line.split(":", 1)[0]?.toLowerCase());
        expect(names.sort()).toEqual([
          "content-type",
          "date",
          "from",
          "list-unsubscribe",
          "list-unsubscribe-post",
          "message-id",
          "mime-version",
          "reply-to",
          "subject",
          "to",
        ]);
        expect((made.mail.to as AddressObject).value.map(({ address }) => address)).toEqual(["jonas@buyer.example"]);
      }),
      { numRuns: 60 },
    );
  });

  test("shows markup as text, whatever the records hold", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (text) => {
        const evil = `<script>${text}</script>"'`;
        const html = renderEmail(
          {
            ...parts,
            quote: evil,
            framing: evil,
            attribution: evil,
            subject: evil,
            links: [{ url: "https://x.example/", text: evil }],
          },
          head,
        ).html;
        expect(html).not.toContain("<script>");
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    "no-address",
    "a@b@c.example",
    "a b@c.example",
    "<a@c.example>",
    "a@c",
    "a@-c.example",
    "a@c.example\r\nBcc: x@y.example",
    `${"ä".repeat(40)}@c.example`,
  ])("to %j is not made", async (address) => {
    const addressing = { key, brand: own, unsubscribeUrl, now: 0, to: { address, name: null } };
    expect(await mailMessage(renderEmail(parts, head), addressing)).toBeNull();
  });
});

test("one line is one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
  );
});
