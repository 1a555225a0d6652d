import { expect, it } from "vitest";
import { once } from "./once.ts";

it("works out its answer once, and tries again after a failure", () => {
  const answers = [new Error("not yet"), { it: "is" }, { it: "is another" }];
  const read = once(() => {
    const answer = answers.shift();
    if (answer instanceof Error || answer === undefined) throw answer;
    return answer;
  });
  expect(read).toThrow("not yet");
  const first = read();
  expect(first).toEqual({ it: "is" });
  expect(read()).toBe(first);
  expect(answers).toHaveLength(1);
});
