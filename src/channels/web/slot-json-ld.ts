import type { SlotParts } from "./slot-html.ts";

/**
 * The words as schema.org data: a Quotation, or a CreativeWork where there is none. No Review and no AggregateRating:
 * search engines do not accept star markup of an organisation about itself.
 */
export function slotJsonLd(parts: SlotParts): Record<string, unknown> {
  const common = {
    "@context": "https://schema.org",
    identifier: parts.publicationId,
    inLanguage: parts.language,
    ...(parts.attribution !== "" && { creditText: parts.attribution }),
    ...(parts.disclosure !== null && { description: parts.disclosure }),
    ...(parts.links[0] && { url: parts.links[0].url }),
  };
  if (parts.quote === null) return { ...common, "@type": "CreativeWork", name: parts.title };
  return { ...common, "@type": "Quotation", text: parts.quote };
}

/** JSON that stays JSON inside a `<script>` element: nothing in it can close the element or open another. */
export function embeddableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
