import { createHash } from "node:crypto";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDeps } from "../http.ts";

/** `/`, for whoever opens the address in a browser: on to the demo where it is on, else a few words and where to read on. */
export function addStartPage(app: OpenAPIHono, { demo }: Pick<HttpDeps, "demo">): void {
  app.get("/", (c) => (demo === null ? c.html(page, 200, headers) : c.redirect("/demo", 302)));
}

const style = `
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
body { max-width: 38rem; margin: 15vh auto; padding: 0 1.5rem; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; }
li { margin: .25rem 0; }
`;

const headers = {
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'`,
  "X-Content-Type-Options": "nosniff",
};

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Vouchsafe</title><style>${style}</style></head>
<body><main>
<h1>Vouchsafe</h1>
<p>An agent service that shows the right social proof to the right lead, and never one it may not show. It is used over HTTP:</p>
<ul>
<li><a href="/docs/">the API, described</a></li>
<li><a href="/openapi.json">the same as OpenAPI</a></li>
<li><a href="/readyz">whether it is ready</a></li>
</ul>
</main></body>
</html>
`;
