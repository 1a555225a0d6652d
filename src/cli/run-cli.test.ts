import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommand } from "../../test/support/cli.ts";
import { openMailServer } from "../../test/support/mail-server.ts";
import { acquireLock } from "../runtime/lock-file.ts";
import { version } from "../version.ts";

const dataDir = () => join(folder, "var");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const cli = (argv: readonly string[], env: Record<string, string> = {}, stdin = "") =>
  runCommand(argv, { VOUCHSAFE_DATA_DIR: dataDir(), PORT: "0", ...env }, stdin);

describe("the command line", () => {
  it("shows its commands with examples and exit codes, and its version", async () => {
    const help = await cli(["--help"]);
    expect(help.code).toBe(0);
    const named = [
      "serve",
      "emit",
      "ingest",
      "assets",
      "leads",
      "decisions",
      "replay",
      "approvals",
      "clearances",
      "eval",
      "migrate",
      "audit",
      "keys",
    ];
    for (const command of [...named, "doctor"]) expect(help.out).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
    expect(help.out).toContain("Examples:");
    expect(help.out).toContain("Exit codes: 0 done, 1 failed");
    expect(await cli(["--version"])).toEqual({ code: 0, out: version, err: "" });
  });

  it.each(["serve", "emit", "ingest", "replay", "eval", "migrate", "doctor"])(
    "%s --help has an example",
    async (command) => {
      const { code, out } = await cli([command, "--help"]);
      expect(code).toBe(0);
      expect(out).toMatch(/\$ .*vouchsafe/);
    },
  );

  it.each([
    [[]],
    [["dance"]],
    [["emit"]],
    [["emit", "a.json", "--wait", "99"]],
    [["emit", "a.json", "--wait", "x"]],
    [["ingest", "a.jsonl", "--from", "excel"]],
    [["keys", "create", "crm"]],
    [["keys", "create", "crm", "--role", "king"]],
    [["migrate", "--loud"]],
    [["audit"]],
    [["replay", "--limit", "0"]],
    [["replay", "--limit", "1001"]],
    [["replay", "--with", "cake=yes"]],
    [["replay", "--with", "threshold=2"]],
    [["replay", "--with", "playbook=no-such-file.yaml"]],
  ])("%j is not understood: 2", async (argv) => {
    expect((await cli(argv)).code).toBe(2);
  });

  it("says what is wrong with the settings, without their values or a stack", async () => {
    const { code, err } = await cli(["migrate"], { PORT: "many", VOUCHSAFE_ADMIN_KEY: "hunter2" });
    expect(code).toBe(1);
    expect(err).toMatch(/^error: The environment is not usable\..*PORT.*VOUCHSAFE_ADMIN_KEY/);
    expect(err).not.toMatch(/hunter2|\bat .*:\d+/);
  });

  it("words errors as JSON where that was asked for", async () => {
    const { code, err } = await cli(["emit", join(folder, "none.json"), "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({
      error: { code: "not-found", message: expect.stringContaining("none.json") },
    });
  });
});

describe("where a server runs on the data folder", () => {
  it("asks for a key of it, or to stop it", async () => {
    const lock = acquireLock(dataDir());
    lock.announce("http://127.0.0.1:9");
    const { code, err } = await cli(["emit", "-"], {}, "{}");
    lock.release();
    expect(code).toBe(1);
    expect(err).toContain("http://127.0.0.1:9");
    expect(err).toContain("VOUCHSAFE_API_KEY");
  });

  it("goes to it, and says so when it does not answer", async () => {
    const lock = acquireLock(dataDir());
    lock.announce("http://127.0.0.1:9");
    const { code, err } = await cli(["emit", "-"], { VOUCHSAFE_API_KEY: "k" }, "{}");
    lock.release();
    expect(code).toBe(1);
    expect(err).toBe("error: The server at http://127.0.0.1:9 does not answer. Is it running there?");
  });

  it("leaves the database alone where it alone could do the work", async () => {
    const lock = acquireLock(dataDir());
    lock.announce("http://127.0.0.1:9");
    const { code, err } = await cli(["migrate"], { VOUCHSAFE_API_KEY: "k" });
    lock.release();
    expect(code).toBe(1);
    expect(err).toMatch(/[Ss]top (it|the server)/);
  });
});

describe("doctor", () => {
  const states = (out: string) => {
    const report: { ok: boolean; checks: { name: string; state: string; todo?: string }[] } = JSON.parse(out);
    return { ok: report.ok, ...Object.fromEntries(report.checks.map(({ name, state }) => [name, state])) };
  };

  it("finds nothing in the way of a first start, and leaves nothing behind", async () => {
    const { code, out } = await cli(["doctor", "--json"]);
    expect(code).toBe(0);
    expect(states(out)).toEqual({
      ok: true,
      "Node.js": "ok",
      settings: "ok",
      "data folder": "ok",
      "key-encryption key": "ok",
      database: "ok",
      deployment: "ok",
      "e-mail": "ok",
      policies: "ok",
      "unsubscribe links": "ok",
      server: "ok",
    });
    expect((await cli(["doctor"])).out).toMatch(/Nothing stands in the way\.$/);
    expect(() => rmSync(dataDir())).toThrow("ENOENT");
  });

  it("names a setting that is wrong", async () => {
    const { code, out } = await cli(["doctor"], { LOG_LEVEL: "loud" });
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}settings: .*LOG_LEVEL/m);
  });

  it("asks the mail server whether it would take e-mail, and says where unsubscribe links lead", async () => {
    const server = await openMailServer();
    const good = await cli(["doctor"], {
      SMTP_URL: server.url,
      VOUCHSAFE_PUBLIC_URL: "https://proof.tidewise.example/",
    });
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^ok {4}e-mail: from hello@tidewise\.example, by the mail server 127\.0\.0\.1:/m),
    });
    expect(good.out).toMatch(/^ok {4}unsubscribe links: to https:\/\/proof\.tidewise\.example$/m);
    const plain = await cli(["doctor"], { SMTP_URL: server.url });
    expect(plain.out).toMatch(/^warn {2}unsubscribe links: .*not https: no e-mail is sent/m);
    await server.close();
    expect(server.messages).toEqual([]);
    const down = await cli(["doctor"], { SMTP_URL: server.url.replace("//", "//user:s3cret-word@") });
    expect(down.out).toMatch(/^warn {2}e-mail: .*did not come about/m);
    expect(down.out).not.toContain("s3cret-word");
    const bad = await cli(["doctor"], { SMTP_URL: "smtp://user:s3cret-word@mail.example/path" });
    expect(bad).toMatchObject({ code: 1, out: expect.stringMatching(/^fail {2}e-mail: SMTP_URL is not usable/m) });
    expect(bad.out).not.toContain("s3cret-word");
  });

  it("says that e-mail is not set up where there is no brand file", async () => {
    for (const name of ["deployer.yaml", "taxonomy.yaml", "playbooks"])
      cpSync(join("data", name), join(folder, name), { recursive: true });
    const { code, out } = await cli(["doctor"], { VOUCHSAFE_CONFIG_DIR: folder });
    expect(code).toBe(0);
    expect(out).toMatch(/^warn {2}e-mail: not set up: there is no brand file\n {6}→ Write .*brand\.yaml/m);
  });

  it("names a deployment file that is missing", async () => {
    const { code, out } = await cli(["doctor"], { VOUCHSAFE_CONFIG_DIR: join(folder, "nowhere") });
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}deployment: .*taxonomy\.yaml/ms);
  });

  it("finds a key file that others can read, and a database without its key", async () => {
    acquireLock(dataDir()).release();
    const key = join(dataDir(), "key-encryption.key");
    writeFileSync(key, `${Buffer.alloc(32).toString("base64")}\n`);
    chmodSync(key, 0o644);
    expect((await cli(["doctor"])).out).toContain(`→ chmod 600 ${key}`);
    rmSync(key);
    writeFileSync(join(dataDir(), "vouchsafe.db"), "");
    const { code, out } = await cli(["doctor"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}key-encryption key: there is a database, and no /m);
  });

  it("finds a file that is no database", async () => {
    acquireLock(dataDir()).release();
    writeFileSync(
      join(dataDir(), "vouchsafe.db"),
      "not a database, but long enough to be read as a header of one".repeat(9),
    );
    const { code, out } = await cli(["doctor"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}database: /m);
  });

  it("finds a port that is taken", async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => {
        const address = taken.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
    const { code, out } = await cli(["doctor"], { PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}server: .*EADDRINUSE/m);
  });

  it("finds a server at work", async () => {
    const lock = acquireLock(dataDir());
    lock.announce("http://127.0.0.1:9");
    const { code, out } = await cli(["doctor"]);
    lock.release();
    expect(code).toBe(0);
    expect(out).toContain(`process ${process.pid} serves http://127.0.0.1:9`);
  });
});
