import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** The yardstick of the slot route: Hono answering fixed bytes. Prints its port, serves until it is killed. */
const body = process.argv[2] ?? "";
const app = new Hono();
app.get("/v1/slots/:place", (c) => c.body(body, 200, { "content-type": "application/json" }));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
