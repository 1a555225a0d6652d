import { createHash } from "node:crypto";

export interface PageWords {
  readonly title: string;
  readonly text: string;
  /** The words on the button that POSTs; null where there is nothing to do. */
  readonly button: string | null;
}

/** A whole page without script, that needs nothing else. The form goes back to the address it came from. */
export function unsubscribePage({ title, text, button }: PageWords, sender: string): string {
  const form =
    button === null
      ? ""
      : `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">${escapeHtml(button)}</button></form>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} · ${escapeHtml(sender)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${form}<p class="sender">${escapeHtml(sender)}</p></main></body>
</html>
`;
}

const style =
  "body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#1d2630;background:#f3f5f7}main{max-width:34rem;margin:10vh auto;padding:2rem;background:#fff}h1{margin-top:0;font-size:1.6rem}button{font:inherit;padding:.75rem 1.25rem;border:0;background:#1f5f8b;color:#fff;cursor:pointer}button:focus-visible{outline:3px solid #1d2630;outline-offset:3px}.sender{margin-bottom:0;color:#5b6672}";

/** What a Content-Security-Policy names the page's own style by. */
export const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
