import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { z } from "zod";
import { lead, openRecords } from "../../test/support/records.ts";
import { makeSequencer } from "../audit/sequencer.ts";
import { verifyLog } from "../audit/verify-log.ts";
import { leadInput } from "../domain/lead.ts";
import { makeSystemRuntime } from "../runtime/system-runtime.ts";
import { makeIntake } from "./accept-event.ts";

const line = z.object({ id: z.string(), outcome: z.literal("accepted"), decisionId: z.string(), eventId: z.string() });

/** A process that accepts events into the database, killed with -9 in the middle of it; what it had acknowledged. */
async function acceptUntilKilled(file: string, run: number): Promise<z.infer<typeof line>[]> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const script = ["test/support/accepting-process.mjs", file, `run-${run}`, lead];
  const child = spawn(process.execPath, script, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged: z.infer<typeof line>[] = [];
  const exited = once(child, "exit");
  const lines = createInterface(child.stdout);
  const ended = once(lines, "close");
  lines.on("line", (text) => {
    // The last line may have been cut off by the kill: it was not read by anybody then.
    if (text.endsWith("}")) acknowledged.push(line.parse(JSON.parse(text)));
    if (acknowledged.length === 1) setTimeout(() => child.kill("SIGKILL"), 20 + run * 17);
  });
  await Promise.all([exited, ended]);
  return acknowledged;
}

it("what was acknowledged survives kill -9, and nothing is stored by halves", { timeout: 60_000 }, async () => {
  const records = await openRecords();
  const { store, file } = records;
  const input = leadInput.parse({ leadId: lead, country: "DE", stage: "evaluation" });
  await store.write((trx) => records.crm.putLead(trx, input));

  const acknowledged: z.infer<typeof line>[] = [];
  for (let run = 0; run < 4; run++) acknowledged.push(...(await acceptUntilKilled(file, run)));
  expect(acknowledged.length).toBeGreaterThan(20);

  const rows = await store.read
    .selectFrom("inbox")
    .innerJoin("decisions", "decisions.decision_id", "inbox.decision_id")
    .innerJoin("audit_entries", "audit_entries.subject", "inbox.event_id")
    .select(["inbox.event_id", "inbox.ce_id", "inbox.decision_id", "decisions.event_id as decided"])
    .execute();
  const stored = new Map(rows.map((row) => [row.ce_id, row]));
  for (const { id, eventId, decisionId } of acknowledged) {
    expect(stored.get(id)).toMatchObject({ event_id: eventId, decision_id: decisionId, decided: eventId });
  }
  // The join lost nothing: each event has its decision and its audit entry, and none of those is without its event.
  const count = async (table: "inbox" | "decisions") =>
    (await store.read.selectFrom(table).select("decision_id").execute()).length;
  expect([await count("inbox"), await count("decisions")]).toEqual([rows.length, rows.length]);

  // A sender that repeats itself after the crash gets the answer of before.
  const { clock, ids } = makeSystemRuntime();
  const terms = { problem: () => null };
  const intake = makeIntake({ ...records, terms, clock, ids, limits: { inboxLimit: 1_000_000 } });
  for (const { id, eventId, decisionId } of acknowledged.slice(-20)) {
    const type = "lead.chat-message.v1";
    const event = { specversion: "1.0", id, source: "/kill", type, subject: lead, data: { text: id } };
    expect(await intake.accept(event)).toEqual({ outcome: "repeated", eventId, decisionId });
  }
  const entries = await makeSequencer({ store, clock, owner: "test" }).run();
  expect(await verifyLog(store.read)).toMatchObject({ ok: true, size: entries, unnumbered: 0 });
  await records.close();
});
