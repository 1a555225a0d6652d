import type { SlotContent } from "../../domain/publication.ts";

/** The parts of a slot that are shown as HTML. */
export type SlotParts = Omit<SlotContent, "html" | "jsonLd"> & { readonly language: string };

/**
 * A fragment of six elements and no more: `figure`, `p`, `blockquote`, `figcaption`, `small`, `a`. Every text is
 * escaped, so whatever the records hold stays text; no style and no script. Pages style it by its classes.
 */
export function slotHtml(parts: SlotParts): string {
  const framing = parts.framing === "" ? "" : `<p class="vouchsafe-framing">${escapeHtml(parts.framing)}</p>`;
  const proof =
    parts.quote === null
      ? `<p class="vouchsafe-title">${escapeHtml(parts.title)}</p>`
      : `<blockquote class="vouchsafe-quote"><p>${escapeHtml(parts.quote)}</p></blockquote>`;
  const caption = [
    escapeHtml(parts.attribution),
    parts.disclosure === null ? "" : `<small class="vouchsafe-disclosure">${escapeHtml(parts.disclosure)}</small>`,
    ...parts.links.map(
      (link) => `<a href="${escapeHtml(link.url)}" rel="noopener nofollow">${escapeHtml(link.text)}</a>`,
    ),
  ].filter((piece) => piece !== "");
  const captionHtml = caption.length === 0 ? "" : `<figcaption>${caption.join(" ")}</figcaption>`;
  const attributes = `class="vouchsafe" lang="${escapeHtml(parts.language)}" data-publication="${escapeHtml(parts.publicationId)}"`;
  return `<figure ${attributes}>${framing}${proof}${captionHtml}</figure>`;
}

/** Safe as text and inside a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Links that a page may follow; any other scheme could act. */
export function isWebLink(url: string): boolean {
  if (!/^https?:\/\//i.test(url)) return false;
  return URL.canParse(url);
}
