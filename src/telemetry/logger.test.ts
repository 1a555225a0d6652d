import { describe, expect, it } from "vitest";
import { AppError } from "../domain/errors.ts";
import { makeLogger } from "./logger.ts";

function capture(level: "info" | "warn" = "info") {
  const lines: string[] = [];
  const logger = makeLogger({ level, destination: { write: (line) => lines.push(line) } });
  return { logger, bytes: () => lines.join("") };
}

describe("makeLogger", () => {
  it("writes ids and counts as they are", () => {
    const { logger, bytes } = capture();
    logger.info({ requestId: "r-1", status: 202 }, "request");
    expect(JSON.parse(bytes())).toMatchObject({ requestId: "r-1", status: 202, msg: "request" });
  });

  it.each(["authorization", "cookie", "email", "name", "phone", "token", "key", "secret", "text", "data"])(
    "redacts %s at the top and nested",
    (field) => {
      const { logger, bytes } = capture();
      logger.info({ [field]: "s3cr3t", a: { [field]: "s3cr3t", b: { [field]: "s3cr3t" } } }, "x");
      expect(bytes()).toContain("[redacted]");
      expect(bytes()).not.toContain("s3cr3t");
    },
  );

  it("writes an error's type, code and places, but no values hanging off it nor the words of a foreign cause", () => {
    const { logger, bytes } = capture();
    const cause = Object.assign(new SyntaxError('Unexpected token, "jana@example.com" is not JSON'), {
      input: "jana@x",
    });
    const fault = Object.assign(new AppError("invalid", "The lead does not parse.", { cause }), { lead: "jana@x" });
    logger.error({ err: fault }, "failed");
    expect(bytes()).not.toContain("jana");
    expect(JSON.parse(bytes()).err).toMatchObject({
      type: "AppError",
      code: "invalid",
      message: "The lead does not parse.",
      cause: { type: "SyntaxError" },
    });
  });

  it("survives what is not an error, and errors that go in circles", () => {
    const { logger, bytes } = capture();
    const loop = new Error("jana@example.com");
    loop.cause = loop;
    logger.error({ err: loop }, "a");
    logger.error({ err: "jana@example.com" }, "b");
    expect(bytes()).not.toContain("jana");
  });

  it("keeps quiet below its level", () => {
    const { logger, bytes } = capture("warn");
    logger.info("hello");
    expect(bytes()).toBe("");
    expect(logger.isLevelEnabled("info")).toBe(false);
  });
});
