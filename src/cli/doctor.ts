import { accessSync, constants, existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { type Config, loadConfig } from "../config.ts";
import { isAppError } from "../domain/errors.ts";
import { readLock } from "../runtime/lock-file.ts";
import { type AddCommand, type JsonOption, print } from "./command.ts";

/** One thing looked at. `warn` runs all the same; `fail` does not. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "warn" | "fail";
  readonly found: string;
  /** What to do about it. */
  readonly todo?: string;
}

export const addDoctor: AddCommand = (program, io, run) => {
  program
    .command("doctor")
    .description("Say what is configured, what is missing, and what to do about it.")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      "\nIt changes nothing. Exit code 1 when something stands in the way of running.\n\nExample:\n  $ vouchsafe doctor",
    )
    .action((options: JsonOption) =>
      run(options.json === true, async () => {
        const checks = await examine(io.env);
        const words = checks.flatMap(({ name, state, found, todo }) => [
          `${state.padEnd(4)}  ${name}: ${found}`,
          ...(todo === undefined ? [] : [`      → ${todo}`]),
        ]);
        const failed = checks.filter(({ state }) => state === "fail").length;
        const end = failed === 0 ? "Nothing stands in the way." : `${failed} of these must be mended first.`;
        print(io, options.json, { ok: failed === 0, checks }, [...words, end]);
        return failed === 0 ? 0 : 1;
      }),
    );
};

async function examine(env: Readonly<Record<string, string | undefined>>): Promise<readonly Check[]> {
  const node = nodeCheck(process.versions.node);
  let config: Config;
  try {
    config = loadConfig(env);
  } catch (error) {
    return [node, failure("settings", error, "Mend these variables; .env.example says what each takes.")];
  }
  const folder = folderCheck(config.dataDir);
  const deployment = await deploymentCheck(config);
  return [
    node,
    { name: "settings", state: "ok", found: `data in ${config.dataDir}, deployment from ${config.configDir}` },
    folder,
    keyCheck(config),
    ...(folder.state === "fail" ? [] : [await databaseCheck(config)]),
    deployment,
    ...(folder.state === "fail" ? [] : [await policiesCheck(config)]),
    ...(deployment.state === "fail" ? [] : await emailChecks(config)),
    await serverCheck(config),
  ];
}

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  if (fits) return { name: "Node.js", state: "ok", found: version };
  return { name: "Node.js", state: "fail", found: version, todo: "Install Node.js 20.19 or newer." };
}

function folderCheck(dataDir: string): Check {
  const name = "data folder";
  const there = existsSync(dataDir);
  let nearest = resolve(dataDir);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch {
    return {
      name,
      state: "fail",
      found: `${nearest} cannot be written to`,
      todo: `Let this user write to ${nearest}, or set VOUCHSAFE_DATA_DIR.`,
    };
  }
  return {
    name,
    state: "ok",
    found: there ? `${dataDir} can be written to` : `${dataDir} will be made at the first start`,
  };
}

function keyCheck({ dataDir, keyEncryptionKey }: Config): Check {
  const name = "key-encryption key";
  const file = join(dataDir, "key-encryption.key");
  if (keyEncryptionKey !== null) return { name, state: "ok", found: "from VOUCHSAFE_KEY_ENCRYPTION_KEY" };
  if (!existsSync(file)) {
    if (!existsSync(join(dataDir, "vouchsafe.db")))
      return { name, state: "ok", found: `${file} will be made at the first start` };
    return {
      name,
      state: "fail",
      found: `there is a database, and no ${file}`,
      todo: "Restore the key file from its backup, or set VOUCHSAFE_KEY_ENCRYPTION_KEY: without it no name can be read.",
    };
  }
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    return { name, state: "fail", found: `${file} can be read by other users`, todo: `chmod 600 ${file}` };
  }
  return { name, state: "ok", found: `${file}; keep a copy of it apart from the database's backups` };
}

async function databaseCheck({ dataDir }: Config): Promise<Check> {
  const name = "database";
  const { pendingMigrations } = await import("../compose/inspect.ts");
  try {
    const pending = await pendingMigrations(dataDir);
    if (pending === null) return { name, state: "ok", found: "none yet; it is made at the first start" };
    if (pending.length === 0) return { name, state: "ok", found: "up to date" };
    return {
      name,
      state: "warn",
      found: `lacks ${pending.join(", ")}`,
      todo: "Run `vouchsafe migrate`, or start the server.",
    };
  } catch (error) {
    return failure(name, error, "Restore it from a backup, or set VOUCHSAFE_DATA_DIR to another folder.");
  }
}

async function deploymentCheck(config: Config): Promise<Check> {
  const { inspectDeployment } = await import("../compose/inspect.ts");
  try {
    const { name, playbooks } = inspectDeployment(config);
    if (playbooks > 0) return { name: "deployment", state: "ok", found: `${name}, ${playbooks} playbooks` };
    const todo = `Put one into ${config.playbooksDir}: without one no event leads to anything.`;
    return { name: "deployment", state: "warn", found: `${name}, no playbook`, todo };
  } catch (error) {
    return failure("deployment", error, `Mend the files in ${config.configDir}.`);
  }
}

/** Which rules stand, whether the folder holds others, and what was softened. */
async function policiesCheck(config: Config): Promise<Check> {
  const name = "policies";
  const { inspectPolicies } = await import("../compose/inspect-policies.ts");
  try {
    const { found, warnings } = await inspectPolicies(config);
    if (warnings.length === 0) return { name, state: "ok", found };
    return { name, state: "warn", found, todo: warnings.join("; ") };
  } catch (error) {
    const todo = "Mend the files (vouchsafe policies check), or switch on others (vouchsafe policies switch-on).";
    return failure(name, error, todo);
  }
}

/** How e-mail goes out, and whether the mail server would take it. */
async function emailChecks(config: Config): Promise<readonly Check[]> {
  const name = "e-mail";
  const { inspectEmail } = await import("../compose/inspect.ts");
  try {
    const { sender, goesTo, publicUrl, trouble } = await inspectEmail(config);
    if (sender === null) {
      const todo = `Write ${join(config.configDir, "brand.yaml")} (sender, colours, footer): until then no e-mail is sent.`;
      return [{ name, state: "warn", found: "not set up: there is no brand file", todo }];
    }
    const found = `from ${sender}, ${goesTo}`;
    const todo = "Mend SMTP_URL or the mail server; until then e-mail stays queued and is tried again.";
    const sending: Check =
      trouble === null ? { name, state: "ok", found } : { name, state: "warn", found: `${found}: ${trouble}`, todo };
    return [sending, ...linkChecks(config, publicUrl)];
  } catch (error) {
    return [failure(name, error, "Mend SMTP_URL; .env.example says how it reads.")];
  }
}

/** Without https no e-mail leaves the machine; to an address of this machine alone no reader gets from elsewhere. */
function linkChecks({ smtpUrl }: Config, publicUrl: string): readonly Check[] {
  const name = "unsubscribe links";
  if (smtpUrl === null) return [{ name, state: "ok", found: `to ${publicUrl}; e-mail stays on this machine` }];
  if (publicUrl.startsWith("https://")) return [{ name, state: "ok", found: `to ${publicUrl}` }];
  const todo = "Set VOUCHSAFE_PUBLIC_URL to the https address at which readers reach this service.";
  return [{ name, state: "warn", found: `to ${publicUrl}, which is not https: no e-mail is sent`, todo }];
}

async function serverCheck({ dataDir, host, port }: Config): Promise<Check> {
  const name = "server";
  const lock = readLock(dataDir);
  if (lock)
    return {
      name,
      state: "ok",
      found: `process ${lock.pid} serves ${lock.url ?? "nothing yet"}, since ${lock.startedAt}`,
    };
  const code = await listenError(host, port);
  if (code === null) return { name, state: "ok", found: `not running; ${host}:${port} is free` };
  return {
    name,
    state: "fail",
    found: `not running, and ${host}:${port} can't be had (${code})`,
    todo: "Set PORT to a free port, or HOST to an address of this machine.",
  };
}

function listenError(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", (error) => done("code" in error && typeof error.code === "string" ? error.code : error.name));
    probe.listen(port, host, () => probe.close(() => done(null)));
  });
}

function failure(name: string, error: unknown, todo: string): Check {
  return { name, state: "fail", found: isAppError(error) ? error.message : "cannot be read", todo };
}
