import { expect, test } from "vitest";
import { makePersonalData } from "./detector.ts";
import type { Depth } from "./personal-data.ts";

const personalData = makePersonalData();

/** What makes a careless expression go through the same characters again and again. */
const hostile = [
  "a",
  "1",
  " 1",
  "1-",
  "@",
  "a@",
  "a.",
  "a@b.",
  "a-",
  ":",
  "f:",
  "+1 ",
  "(1) ",
  "0 ",
  "DE89",
  "DE89 ",
  "A1",
  "Aa1_",
  "eyJa.",
  "token: ",
  "token: a-b1-",
  'password="',
  "://a:b",
  "-----BEGIN PRIVATE KEY-----",
  "driver's license ",
  "passport ",
  "[ at ] ",
  "[name ",
  "\u200b",
  "٣",
  "👩‍💻",
  "e\u0301",
];

test.each(hostile)("reads %j repeated in time that grows with the length", (unit) => {
  const [short, long] = [20_000, 160_000].map((length) => timeOf(unit.repeat(Math.ceil(length / unit.length))));
  // Eight times the text in at most sixteen times the time: quadratic growth would be sixty-four. Noise has its allowance.
  expect(long).toBeLessThan(16 * (short ?? 0) + 300);
});

/** What names and addresses are read from. */
const wordy = [
  "A ",
  "Aa ",
  "Anna ",
  "anna ",
  "van ",
  "Dr. ",
  "1 A ",
  "1 Rue ",
  "a street ",
  "Apt 1 ",
  "A'a-",
  "A\n",
  "my name is ",
];

test.each(wordy)("reads %j repeated for names in time that grows with the length", (unit) => {
  const [short, long] = [6_000, 48_000].map((length) => timeOf(unit.repeat(Math.ceil(length / unit.length)), "names"));
  expect(long).toBeLessThan(16 * (short ?? 0) + 300);
});

test("reads a megabyte within seconds", () => {
  const text = "We wrote to jane@sample.example and rang +49 30 901820 on 9 December 2025. ".repeat(13_400);
  const started = performance.now();
  expect(personalData.detect(text, "structured").spans.length).toBeGreaterThan(26_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});

/** The best of two, in milliseconds of the processor: what else the machine does is not this code's growth. */
function timeOf(text: string, depth: Depth = "structured"): number {
  return Math.min(
    ...[1, 2].map(() => {
      const started = process.cpuUsage();
      personalData.detect(text, depth);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    }),
  );
}
