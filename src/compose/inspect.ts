import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkSmtp } from "../channels/email/smtp-transport.ts";
import { readSmtpUrl } from "../channels/email/smtp-url.ts";
import type { Config } from "../config.ts";
import { loadDeployment } from "../deployment/load-deployment.ts";
import { migrations } from "../store/migrations/index.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";

/** The deployment's data in a few words. Throws `config` naming all that is wrong with it. */
export function inspectDeployment(config: Config): { readonly name: string; readonly playbooks: number } {
  const { profile, playbooks } = loadDeployment({ configDir: config.configDir, playbooksDir: config.playbooksDir });
  return { name: profile.name, playbooks: playbooks.length };
}

/** The migrations that the database lacks; null when there is no database yet. Throws `config` when it can't be read. */
export async function pendingMigrations(dataDir: string): Promise<readonly string[] | null> {
  const file = join(dataDir, "vouchsafe.db");
  if (!existsSync(file)) return null;
  const store = await openSqliteStore({ file });
  try {
    const tables = await store.read.introspection.getTables();
    const names = migrations.map(({ name }) => name);
    if (!tables.some(({ name }) => name === "schema_migrations")) return names;
    const applied = await store.read.selectFrom("schema_migrations").select("name").execute();
    return names.filter((name) => !applied.some((row) => row.name === name));
  } finally {
    await store.close();
  }
}

/**
 * How e-mail is set up: its sender (null without a brand file), where it goes, where unsubscribe links lead, and what
 * the mail server has against it, asked with a time-out and without sending anything. Throws `config` for a bad
 * SMTP_URL or deployment.
 */
export async function inspectEmail(config: Config): Promise<{
  readonly sender: string | null;
  readonly goesTo: string;
  readonly publicUrl: string;
  readonly trouble: string | null;
}> {
  const { brand } = loadDeployment({ configDir: config.configDir, playbooksDir: config.playbooksDir });
  const sender = brand === null ? null : brand.sender.address;
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  if (config.smtpUrl === null) {
    return { sender, goesTo: `as files in ${join(config.dataDir, "outbox")}`, publicUrl, trouble: null };
  }
  const server = readSmtpUrl(config.smtpUrl);
  const timeouts = { connectMs: 5000, greetingMs: 5000, silenceMs: 5000, dataMs: 5000 };
  const trouble = sender === null ? null : await checkSmtp({ server, timeouts });
  return { sender, goesTo: `by the mail server ${server.host}:${server.port}`, publicUrl, trouble };
}
