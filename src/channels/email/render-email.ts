import type { Brand } from "../../domain/brand.ts";
import { escapeHtml } from "../web/slot-html.ts";
import type { EmailRendering } from "./email.ts";
import type { EmailParts } from "./email-parts.ts";
import { mailWords } from "./mail-words.ts";

export interface Letterhead {
  readonly brand: Brand;
  readonly postalAddress: string;
  readonly unsubscribeUrl: string;
}

/** HTML and text of one message. Every word is escaped; no script, picture, form, table or tracking is in it. */
export function renderEmail(parts: EmailParts, head: Letterhead): EmailRendering {
  return { subject: parts.subject, html: toHtml(parts, head), text: toText(parts, head) };
}

const defaults = {
  accent: "#1f5f8b",
  onAccent: "#ffffff",
  text: "#1d2630",
  muted: "#5b6672",
  background: "#f3f5f7",
  panel: "#ffffff",
} as const;

function toHtml(parts: EmailParts, { brand, postalAddress, unsubscribeUrl }: Letterhead): string {
  const colours = { ...defaults, ...brand.colours };
  const words = mailWords(parts.language);
  const styles = {
    body: `margin:0;padding:0;background-color:${colours.background};`,
    hidden: "display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;",
    frame: `max-width:600px;margin:0 auto;padding:24px 16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:${colours.text};`,
    logo: `margin:0 0 16px;font-size:18px;font-weight:bold;color:${colours.accent};`,
    panel: `padding:24px;background-color:${colours.panel};border-top:4px solid ${colours.accent};`,
    quote: `margin:0 0 16px;padding:0 0 0 16px;border-left:4px solid ${colours.accent};font-size:19px;line-height:1.45;`,
    by: "margin:0 0 16px;font-weight:bold;",
    small: `margin:0 0 16px;font-size:14px;color:${colours.muted};`,
    button: `display:inline-block;padding:12px 20px;background-color:${colours.accent};color:${colours.onAccent};text-decoration:none;font-weight:bold;`,
    link: `color:${colours.accent};`,
    foot: `padding:16px 24px;font-size:13px;color:${colours.muted};`,
  } as const;
  const p = (style: string, inner: string) => (inner === "" ? "" : `<p style="${style}">${inner}</p>`);
  const link = (style: string, url: string, text: string) =>
    `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(text)}</a>`;
  const [first, ...others] = parts.links;
  const proof =
    parts.quote === null
      ? p("margin:0 0 16px;font-size:19px;", escapeHtml(parts.title))
      : `<blockquote style="${styles.quote}">${escapeHtml(parts.quote)}</blockquote>`;
  const lines = [
    "<!doctype html>",
    `<html lang="${escapeHtml(parts.language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(parts.subject)}</title></head>`,
    `<body style="${styles.body}">`,
    // What a list of messages shows beside the subject. A piece of the quote, without what is said beside it, would be
    // another statement.
    parts.framing === "" ? "" : `<div style="${styles.hidden}">${escapeHtml(parts.framing)}</div>`,
    `<div style="${styles.frame}">`,
    p(styles.logo, escapeHtml(brand.logoText)),
    `<div style="${styles.panel}">`,
    p("margin:0 0 16px;", escapeHtml(parts.framing)),
    proof,
    p(styles.by, escapeHtml(parts.attribution)),
    p(styles.small, escapeHtml(parts.disclosure ?? "")),
    first === undefined ? "" : p("margin:24px 0 8px;", link(styles.button, first.url, first.text)),
    ...others.map(({ url, text }) => p("margin:0 0 8px;", link(styles.link, url, text))),
    "</div>",
    `<div style="${styles.foot}">`,
    p("margin:0 0 8px;", escapeHtml(brand.footer)),
    p("margin:0 0 8px;", `${escapeHtml(brand.sender.name)}<br>${escapeHtml(postalAddress)}`),
    p("margin:0;", `${escapeHtml(words.why)} ${link(styles.link, unsubscribeUrl, words.unsubscribe)}`),
    "</div></div></body></html>",
    "",
  ];
  return lines.filter((line, index) => line !== "" || index === lines.length - 1).join("\n");
}

function toText(parts: EmailParts, { brand, postalAddress, unsubscribeUrl }: Letterhead): string {
  const words = mailWords(parts.language);
  const quoted = parts.quote === null ? parts.title : parts.quote.replace(/^/gm, "> ");
  const blocks = [
    parts.framing,
    [quoted, parts.attribution].filter((line) => line !== "").join("\n\n"),
    parts.disclosure ?? "",
    ...parts.links.map(({ url, text }) => `${text}: ${url}`),
    // The mark that mail clients know the end of a message by (RFC 3676, 4.3), space included.
    `-- \n${[brand.footer, brand.sender.name, postalAddress].filter((line) => line !== "").join("\n")}`,
    `${words.why}\n${words.unsubscribe}: ${unsubscribeUrl}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
