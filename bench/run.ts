import { execFileSync, spawn } from "node:child_process";
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { databaseTarget, importRecords } from "../src/compose/import-records.ts";
import { importers } from "../src/compose/importers.ts";
import { compose } from "../src/compose.ts";
import { loadConfig } from "../src/config.ts";
import { atOnce, median, quantile } from "./figures.ts";
import { type Client, makeClient } from "./http-client.ts";
import { adminKey, type Service, startService } from "./service.ts";
import { pageView, writeBenchConfig, writeRecords } from "./workload.ts";

const width = 16;
const rounds = 5;
const perRound = 1500;
const leads = 10_000;
const assets = 10_000;
const slotRequests = 20_000;
const total = 20_000;
const ts = ["--import", "./tools/ts.mjs"];
const auth = { authorization: `Bearer ${adminKey}`, "content-type": "application/cloudevents+json" };

const folder = mkdtempSync(join(tmpdir(), "vouchsafe-bench-"));
try {
  if (process.argv.includes("rules")) print(flat(rulesOnOnePlacement()));
  else await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  execFileSync("node", ["tools/build.mjs"], { stdio: "inherit" });
  const configDir = join(folder, "config");
  const dataDir = join(folder, "var");
  await seed(configDir, dataDir);

  let service = await startService(dataDir, configDir);
  let client = makeClient(service.url, width);
  let sent = 0;
  const post = async () => {
    const answer = await client.send("POST", "/v1/events", { ...auth, prefer: "wait=30" }, pageView(sent++, leads));
    if (answer.status !== 200) throw new Error(`event answered ${answer.status}: ${answer.body}`);
  };
  await atOnce(500, width, post);

  const pipeline = { perSecond: [] as number[], latencies: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    // The server lets go of idle connections after seconds, and the yardstick takes longer: dial anew.
    client.close();
    pipeline.bare.push(bareGraph(join(folder, `bare-${round}.db`)));
    client = makeClient(service.url, width);
    const { perSecond, latenciesMs } = await atOnce(perRound, width, post);
    pipeline.perSecond.push(perSecond);
    pipeline.latencies.push(...latenciesMs);
    report(`round ${round + 1}: ${perSecond.toFixed(0)} decisions/s, bare graph ${pipeline.bare.at(-1)?.toFixed(0)}/s`);
  }
  const ratios = pipeline.perSecond.map((value, round) => value / (pipeline.bare[round] ?? Number.NaN));

  const published = await publishedShare(client);
  const slots = await measureSlots(client);

  const memory = await measureMemory(service, post, () => sent);
  client.close();
  await service.stop();

  const restarts: number[] = [];
  for (let round = 0; round < 3; round++) {
    const startedAt = performance.now();
    service = await startService(dataDir, configDir);
    client = makeClient(service.url, width);
    await post();
    restarts.push(performance.now() - startedAt);
    client.close();
    await service.stop();
  }

  const result = {
    at: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    decisionsPerSecond: median(pipeline.perSecond),
    bareGraphPerSecond: median(pipeline.bare),
    ratio: median(ratios),
    p50Ms: quantile(pipeline.latencies, 0.5),
    p99Ms: quantile(pipeline.latencies, 0.99),
    publishedShare: published,
    ...slots,
    ...memory,
    startToFirstDecisionMs: median(restarts),
    rules: rulesOnOnePlacement(),
  };
  const { rules, ...others } = result;
  print({ ...others, ...flat(rules) });
  mkdirSync("bench/results", { recursive: true });
  writeFileSync("bench/results/latest.json", `${JSON.stringify(result, null, 2)}\n`);
}

async function seed(configDir: string, dataDir: string): Promise<void> {
  writeBenchConfig("data", configDir);
  const file = join(folder, "records.jsonl");
  writeRecords(configDir, file, { assets, leads }, Date.now());
  const config = loadConfig({
    VOUCHSAFE_DATA_DIR: dataDir,
    VOUCHSAFE_CONFIG_DIR: configDir,
    VOUCHSAFE_SAMPLE_DATA: "off",
    LOG_LEVEL: "warn",
  });
  const vouchsafe = await compose(config);
  const lines = importers.canonical(createReadStream(file), { file });
  const { refused } = await importRecords(lines, databaseTarget(vouchsafe), { file });
  if (refused.length > 0) throw new Error(`the bench's records are refused: ${JSON.stringify(refused[0])}`);
  await vouchsafe.close();
}

/** All rules on one placement, in a process of its own: milliseconds by what the framing holds. */
function rulesOnOnePlacement(): RuleFigures {
  return JSON.parse(execFileSync("node", [...ts, "bench/rules.ts"]).toString()) as RuleFigures;
}

type RuleFigures = Readonly<Record<string, Readonly<Record<string, number>>>>;

function flat(rules: RuleFigures): Record<string, number> {
  const named = Object.entries(rules).map(([row, figures]) =>
    Object.entries(figures).map(([name, value]) => [`rules ${row} ${name}`, value] as const),
  );
  return Object.fromEntries(named.flat());
}

function bareGraph(file: string): number {
  const printed = execFileSync("node", [...ts, "bench/bare-graph.ts", file, String(perRound), String(width)]);
  const { perSecond } = JSON.parse(printed.toString()) as { perSecond: number };
  return perSecond;
}

/** Slots of leads that have a publication, against Hono answering the same bytes; in turn, three times. */
async function measureSlots(client: Client) {
  const { body: minted } = await client.send(
    "POST",
    "/v1/leads/lead-0/token",
    { ...auth, "content-type": "application/json" },
    "{}",
  );
  const { token } = JSON.parse(minted) as { token: string };
  const path = `/v1/slots/pricing-hero?lead=${encodeURIComponent(token)}`;
  const { body } = await client.send("GET", path, {});
  if (!body.includes("publicationId")) throw new Error(`the bench's slot is empty: ${body}`);
  const bare = spawn("node", [...ts, "bench/bare-hono.ts", body], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve) => {
    createInterface(bare.stdout).once("line", (line) => resolve((JSON.parse(line) as { port: number }).port));
  });
  const bareClient = makeClient(`http://127.0.0.1:${port}`, width);
  const get = (one: Client) => async () => {
    const answer = await one.send("GET", path, {});
    if (answer.body.length !== body.length) throw new Error(`a slot answered ${answer.status}: ${answer.body}`);
  };
  await atOnce(5000, width, get(client));
  await atOnce(5000, width, get(bareClient));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < 3; round++) {
    ours.push((await atOnce(slotRequests, width, get(client))).perSecond);
    theirs.push((await atOnce(slotRequests, width, get(bareClient))).perSecond);
  }
  bareClient.close();
  bare.kill();
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
  return { slotsPerSecond: median(ours), bareHonoPerSecond: median(theirs), slotRatio: median(ratios) };
}

async function measureMemory(service: Service, post: () => Promise<void>, sent: () => number) {
  const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
  await atOnce(Math.max(0, total / 2 - sent()), width, post);
  const residentHalfway = mib(service.residentBytes());
  await atOnce(Math.max(0, total - sent()), width, post);
  return { residentMibAt10k: residentHalfway, residentMibAt20k: mib(service.residentBytes()) };
}

async function publishedShare(client: Client): Promise<number> {
  const { body } = await client.send("GET", "/v1/decisions?limit=200", auth);
  const { items } = JSON.parse(body) as { items: { status: string }[] };
  return items.filter((one) => one.status === "published").length / items.length;
}

function print(result: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(result)) {
    report(`${name.padEnd(30)}${typeof value === "number" ? Math.round(value * 1000) / 1000 : String(value)}`);
  }
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}
