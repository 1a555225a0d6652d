import { describe, expect, it } from "vitest";
import { readTraceparent } from "./traceparent.ts";

const trace = "0af7651916cd43dd8448eb211c80319c";
const span = "b7ad6b7169203331";

describe("a traceparent", () => {
  it.each([`00-${trace}-${span}-01`, `01-${trace}-${span}-01`, `cc-${trace}-${span}-01-more`])(
    "is read: %s",
    (text) => {
      expect(readTraceparent(text)).toEqual({ traceId: trace, spanId: span, flags: 1 });
    },
  );

  it.each([
    "",
    "00",
    `00-${trace}-${span}`,
    `00-${trace}-${span}-01-more`,
    `ff-${trace}-${span}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${"0".repeat(32)}-${span}-01`,
    `00-${trace}-${"0".repeat(16)}-01`,
    ` 00-${trace}-${span}-01`,
    `00-${trace}-${span}-01\n`,
    `01-${trace}-${span}-01-${"x".repeat(101)}`,
    "someone@example.com",
  ])("is not one: %j", (text) => {
    expect(readTraceparent(text)).toBeNull();
  });
});
