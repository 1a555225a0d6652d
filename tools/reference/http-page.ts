import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { compose } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import { type Node, readSchema, typeOf } from "./json-schema.ts";
import { code, page, table } from "./markdown.ts";

const content = z.record(z.string(), z.object({ schema: z.unknown().optional() })).optional();
const operation = z.object({
  tags: z.array(z.string()).default(["Other"]),
  summary: z.string().default(""),
  description: z.string().default(""),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        schema: z.unknown().optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().default(""), content })).default({}),
});
const description = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** From the API's own description, `/openapi.json`. */
export async function httpPage(): Promise<string> {
  const { paths } = description.parse(await openApi());
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, found] of Object.entries(methods)) {
      const tag = found.tags[0] ?? "Other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), call(method.toUpperCase(), path, found)]);
    }
  }
  const parts = [...byTag].sort(([a], [b]) => a.localeCompare(b)).flatMap(([tag, calls]) => [`## ${tag}`, ...calls]);
  return page("HTTP", [
    'The same is served as OpenAPI 3.1 at `/openapi.json` and can be browsed and tried at `/docs`. Every call takes `Authorization: Bearer <API key>` unless it says otherwise; every error is a problem document (RFC 9457) with a pointer to each field at fault; lists are `{ "items": [...], "nextCursor": null }`, paged by `?limit=&cursor=`.',
    ...parts,
  ]);
}

function call(method: string, path: string, found: z.infer<typeof operation>): string {
  const parameters = found.parameters.map((one) => [
    code(one.name),
    one.in,
    one.schema === undefined ? "" : typeOf(readSchema(one.schema)),
    one.required ? "yes" : "",
  ]);
  const bodies = Object.entries(found.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `${code(type)}${schema === undefined ? "" : `: ${shape(readSchema(schema))}`}`,
  );
  const answers = Object.entries(found.responses)
    .filter(([status]) => status !== "default")
    .map(([status, { description: words }]) => `**${status}** ${words}`);
  return [
    `### ${method} ${path}`,
    found.description === "" ? found.summary : found.description,
    ...(parameters.length > 0 ? [table(["parameter", "in", "type", "required"], parameters)] : []),
    ...(bodies.length > 0 ? [`Body: ${bodies.join("; ")}`] : []),
    ...(answers.length > 0 ? [`Answers: ${answers.join("; ")}`] : []),
  ].join("\n\n");
}

/** The names of an object's fields, optional ones with a question mark; the records page has them whole. */
function shape(schema: Node): string {
  const cases = schema.oneOf ?? schema.anyOf;
  if (cases) return cases.map(shape).join(" or ");
  if (!schema.properties) return typeOf(schema);
  const names = Object.keys(schema.properties).map((name) => (schema.required?.includes(name) ? name : `${name}?`));
  return code(`{ ${names.join(", ")} }`);
}

async function openApi(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-reference-"));
  try {
    const config = loadConfig({ VOUCHSAFE_DATA_DIR: folder, VOUCHSAFE_SAMPLE_DATA: "off", LOG_LEVEL: "silent" });
    const vouchsafe = await compose(config);
    const app = vouchsafe.makeHttpApp({ isReady: () => true });
    const described = await (await app.request("/openapi.json")).json();
    await vouchsafe.close();
    return described;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
