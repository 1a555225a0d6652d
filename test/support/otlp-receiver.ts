import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { z } from "zod";

const value = z.object({ stringValue: z.string().optional(), intValue: z.union([z.number(), z.string()]).optional() });
const attribute = z.object({ key: z.string(), value });
const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes: z.array(attribute),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).optional(),
  status: z.object({ code: z.number().optional() }).optional(),
});
const sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});
export type ReceivedSpan = Omit<z.output<typeof span>, "attributes"> & { readonly attributes: Record<string, unknown> };

export interface OtlpReceiver {
  readonly endpoint: string;
  spans(): readonly ReceivedSpan[];
  resource(): Record<string, unknown>;
  /** Every byte that was received. */
  bytes(): string;
  close(): Promise<void>;
}

/** A collector's OTLP/HTTP side, JSON encoding, on 127.0.0.1; refuses what is not as the protocol has it. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: string[] = [];
  const server: Server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isOtlp = request.url === "/v1/traces" && request.headers["content-type"] === "application/json";
      if (isOtlp) bodies.push(Buffer.concat(chunks).toString("utf8"));
      answer.writeHead(isOtlp ? 200 : 400, { "content-type": "application/json" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const named = (attributes: readonly z.output<typeof attribute>[]) =>
    Object.fromEntries(attributes.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? intValue]));
  const received = () => bodies.flatMap((body) => sent.parse(JSON.parse(body)).resourceSpans);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans: () =>
      received()
        .flatMap((one) => one.scopeSpans.flatMap(({ spans }) => spans))
        .map((one) => ({ ...one, attributes: named(one.attributes) })),
    resource: () => named(received()[0]?.resource.attributes ?? []),
    bytes: () => bodies.join("\n"),
    close: () => new Promise((done) => server.close(() => done()).closeAllConnections()),
  };
}
