import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { forceTracing, loadConfig } from "./config.ts";

/** `# NAME=value    # words` lines of .env.example. */
const documented = new Map(
  [...readFileSync(new URL("../.env.example", import.meta.url), "utf8").matchAll(/^# ([A-Z_]+)=(\S*)\s+# .+$/gm)].map(
    ([, name = "", value = ""]) => [name, value],
  ),
);

describe("the settings", () => {
  it("have the defaults that .env.example says", () => {
    expect(documented.size).toBeGreaterThanOrEqual(19);
    expect(loadConfig(Object.fromEntries(documented))).toEqual(loadConfig({}));
  });

  it("are each in .env.example", () => {
    const source = readFileSync(new URL("./config.ts", import.meta.url), "utf8");
    const read = new Set([...source.matchAll(/\be\.([A-Z_]+)\b/g)].map(([, name]) => name));
    expect(read.size).toBeGreaterThanOrEqual(19);
    expect([...read].sort()).toEqual([...documented.keys()].sort());
  });

  it("can't be changed once read", () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it.each([
    ["PORT", "70000"],
    ["PORT", "-1"],
    ["PORT", "80 "],
    ["VOUCHSAFE_ADMIN_KEY", "secret-that-is-too-short"],
    ["VOUCHSAFE_KEY_ENCRYPTION_KEY", "bm90IDMyIGJ5dGVz"],
    ["VOUCHSAFE_SAMPLE_DATA", "yes"],
    ["VOUCHSAFE_DEMO", "yes"],
    ["VOUCHSAFE_DEMO_HOSTS", "https://demo.example.com/"],
    ["VOUCHSAFE_CONCURRENCY", "0"],
    ["VOUCHSAFE_URL", "ftp://example.com"],
    ["LOG_LEVEL", "loud"],
    ["LANGSMITH_TRACING", "1"],
    ["VOUCHSAFE_METRICS_OPEN", "yes"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
    ["OTEL_TRACES_SAMPLER", "jaeger_remote"],
    ["OTEL_TRACES_SAMPLER_ARG", "1.5"],
  ])("refuse %s=%s, naming the variable and not its value", (name, value) => {
    const load = () => loadConfig({ [name]: value, [name === "PORT" ? "LOG_LEVEL" : "PORT"]: "x" });
    expect(load).toThrow(expect.objectContaining({ code: "config", message: expect.stringContaining(name) }));
    // All that is wrong at once.
    expect(load).toThrow(/PORT/);
    if (value.length > 8) expect(load).not.toThrow(value);
  });

  it("take an empty variable for one that is not set", () => {
    expect(loadConfig({ PORT: "", VOUCHSAFE_URL: "" })).toEqual(loadConfig({}));
  });
});

describe("tracing", () => {
  it("is off without a collector, and takes OpenTelemetry's own settings with one", () => {
    expect(loadConfig({ OTEL_TRACES_SAMPLER: "always_on" }).traces).toBeNull();
    const endpoint = "http://127.0.0.1:4318";
    const read = (more: object) => loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...more }).traces;
    expect(read({})).toEqual({ endpoint, serviceName: "vouchsafe", sampler: "always_on", ratio: 1 });
    const sampled = { OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.25" };
    expect(read({ ...sampled, OTEL_SERVICE_NAME: "proof" })).toEqual({
      endpoint,
      serviceName: "proof",
      sampler: "traceidratio",
      ratio: 0.25,
    });
  });
});

describe("forceTracing", () => {
  it("switches LangSmith off whatever the environment says, unless the setting is on", () => {
    const env: Record<string, string | undefined> = { LANGCHAIN_TRACING_V2: "true", LANGSMITH_TRACING: undefined };
    forceTracing(false, env);
    expect(new Set(Object.values(env))).toEqual(new Set(["false"]));
    forceTracing(true, env);
    expect(env.LANGSMITH_TRACING).toBe("true");
  });
});
