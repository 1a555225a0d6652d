import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { AppError } from "../../domain/errors.ts";
import { publishedSchemas } from "../../domain/json-schemas.ts";
import { problemTable } from "../errors.ts";
import type { HttpDeps } from "../http.ts";

/** Schemas, problems, and the API's description: open to all, and without a key. */
export function addOperationsRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  app.get("/schemas/:file", (c) => {
    const name = /^([a-z0-9.-]+)\.json$/.exec(c.req.param("file"))?.[1];
    const schemas = publishedSchemas();
    const schema = name !== undefined && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (schema === undefined) throw new AppError("not-found", "There is no schema of this name.");
    return c.body(JSON.stringify(schema), 200, { "Content-Type": "application/schema+json" });
  });

  app.get("/problems/:code", (c) => {
    const code = c.req.param("code");
    const known = Object.entries(problemTable).find(([name]) => name === code)?.[1];
    if (known === undefined) throw new AppError("not-found", "There is no problem of this name.");
    return c.json({ code, ...known });
  });

  let description: string | undefined;
  app.get("/openapi.json", (c) => {
    description ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title: "Vouchsafe",
          version: deps.info.version,
          description: "The right piece of social proof for the right lead, and never one that may not be shown.",
          license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
        },
        servers: [{ url: "/" }],
      }),
    );
    return c.body(description, 200, { "Content-Type": "application/json" });
  });

  addDocs(app);
}

/** Swagger UI from the package's own files, so that the pages work where no CDN can be reached. */
function addDocs(app: OpenAPIHono): void {
  const folder = join(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"), "..");
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

  app.get("/docs", (c) => c.redirect("/docs/", 301));
  app.get("/docs/", (c) => c.html(docsPage, 200, { "Content-Security-Policy": policy }));
  app.get("/docs/start.js", (c) => c.body(docsScript, 200, { "Content-Type": "text/javascript; charset=UTF-8" }));
  for (const [name, type] of docsFiles) {
    app.get(`/docs/${name}`, (c) => {
      const bytes = files.get(name) ?? new Uint8Array(readFileSync(join(folder, name)));
      files.set(name, bytes);
      return c.body(bytes, 200, { "Content-Type": type, "Cache-Control": "public, max-age=3600" });
    });
  }
}

const docsFiles = [
  ["swagger-ui.css", "text/css; charset=UTF-8"],
  ["swagger-ui-bundle.js", "text/javascript; charset=UTF-8"],
  ["favicon-32x32.png", "image/png"],
] as const;

const docsPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Vouchsafe API</title>
<link rel="stylesheet" href="swagger-ui.css"><link rel="icon" href="favicon-32x32.png"></head>
<body><main id="docs"></main><script src="swagger-ui-bundle.js"></script><script src="start.js"></script></body>
</html>
`;

const docsScript = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, persistAuthorization: false });\n`;
