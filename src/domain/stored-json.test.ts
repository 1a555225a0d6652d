import { expect, test } from "vitest";
import { z } from "zod";
import { makeStoredJson, parseStored } from "./stored-json.ts";

const schema = z.strictObject({ a: z.number() });

test("equal texts are parsed once while they are among the newest", () => {
  const read = makeStoredJson("thing", schema, 2);
  const first = read('{"a":1}');
  expect(first).toEqual({ a: 1 });
  expect(read('{"a":1}')).toBe(first);
  read('{"a":2}');
  read('{"a":3}');
  expect(read('{"a":1}')).not.toBe(first);
  expect(read('{"a":1}')).toEqual(first);
});

test("what does not fit is corrupt, named by place and never quoted", () => {
  const failure = (text: string) => {
    try {
      parseStored("thing", schema, text);
    } catch (error) {
      return error;
    }
  };
  expect(failure('{"a":"secret"}')).toMatchObject({ code: "corrupt", message: expect.stringContaining("/a") });
  expect(String(failure('{"a":"secret"}'))).not.toContain("secret");
  expect(failure("secret{")).toMatchObject({ code: "corrupt" });
  expect(String(failure("secret{"))).not.toContain("secret");
});
