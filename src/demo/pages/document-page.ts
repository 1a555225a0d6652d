import { html, raw } from "hono/html";
import type { Html } from "./words.ts";

/** The frame of every page. */
export function documentPage({ title, top, body }: { title: string; top: Html; body: Html }): Html {
  return html`${raw("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/demo/demo.css">
<link rel="icon" href="/demo/icon.svg" type="image/svg+xml">
<script src="/demo/demo.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the lead</a>
${top}
${body}
<p id="announcer" class="unseen" role="status"></p>
<footer class="foot"><p>Everybody here is invented. What you press goes through the same doors as the API: events through intake, answers through approvals, withdrawals through the recall. <a href="/docs/">API</a></p></footer>
</body>
</html>
`;
}
