// Accepts events into the given database without end, eight at a time, and prints each answer once it has it; to be
// killed. From dist, which is built before any test: transpiling the source takes seconds.
import { makeAuditLog } from "../../dist/audit/sql-audit-log.js";
import { makeCatalogue } from "../../dist/catalogue/sql-catalogue.js";
import { makePublications } from "../../dist/channels/sql-publications.js";
import { webChannel } from "../../dist/channels/web/web-channel.js";
import { makeEmbeddedCrm } from "../../dist/crm/embedded-crm.js";
import { makeDecisions } from "../../dist/decisions/sql-decisions.js";
import { makeTermIndex } from "../../dist/deployment/term-index.js";
import { makeIntake } from "../../dist/intake/accept-event.js";
import { makeSystemRuntime } from "../../dist/runtime/system-runtime.js";
import { openSqliteStore } from "../../dist/store/sqlite/open-sqlite-store.js";
import { makeVault } from "../../dist/vault/envelope-vault.js";

const [file = "", run = "", subject = ""] = process.argv.slice(2);
const store = await openSqliteStore({ file });
const { clock, ids, random } = makeSystemRuntime();
const vault = makeVault({ keyEncryptionKey: new Uint8Array(32).fill(7), runtime: { clock, ids, random } });
const terms = makeTermIndex({ personas: [], industries: [], products: [], themes: [], objections: [], purposes: [] });
const audit = makeAuditLog({ vault, clock, ids });
const decisions = makeDecisions({ clock });
const catalogue = makeCatalogue({ vault, audit, clock, terms });
const intake = makeIntake({
  store,
  vault,
  crm: makeEmbeddedCrm({ vault, audit, clock, terms }),
  catalogue,
  publications: makePublications({ audit, clock, ids, channels: new Map([["web", webChannel]]), decisions }),
  recall: { revoke: async () => ({ grants: [], receipt: [] }) },
  decisions,
  audit,
  terms,
  clock,
  ids,
  limits: { inboxLimit: 1_000_000 },
});

let sent = 0;
async function send() {
  while (true) {
    const id = `${run}-${sent++}`;
    const type = "lead.chat-message.v1";
    const event = { specversion: "1.0", id, source: "/kill", type, subject, data: { text: id } };
    const answer = await intake.accept(event);
    process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, send));
