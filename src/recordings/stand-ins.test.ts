import fc from "fast-check";
import { expect, it } from "vitest";
import { makeStandIns } from "./stand-ins.ts";

it("gives the same name the same stand-in, and another another", () => {
  const standIns = makeStandIns([]);
  expect(standIns.of("lead", "L-7")).toBe("lead-1");
  expect(standIns.of("lead", "L-8")).toBe("lead-2");
  expect(standIns.of("lead", "L-7")).toBe("lead-1");
  expect(standIns.of("company", "Nordlicht")).toBe("Example Company 1");
});

it("takes names, companies, addresses, links and numbers out of a text", () => {
  const standIns = makeStandIns(["Erika Mustermann"]);
  standIns.of("company", "Nordlicht (Nord) AG");
  const text =
    "ERIKA of Nordlicht (Nord) AG, Mustermann@x.example, wrote https://nordlicht.example/erika and called +49 30 1234567.";
  expect(standIns.inText(text)).toBe(
    "Someone of Example Company 1, someone@person.example, wrote https://www.example.com/ and called +49 30 0000000.",
  );
});

it("leaves words alone that only begin like a name", () => {
  expect(makeStandIns(["Ann"]).inText("Annual plans, said Ann.")).toBe("Annual plans, said Someone.");
});

it("leaves no name in any text", () => {
  const word = fc.stringMatching(/^[A-ZÄÖÜ][a-zäöüß]{2,9}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.array(word, { maxLength: 5 }), (name, others) => {
      const told = makeStandIns([name.join(" ")]).inText([...others, ...name, ...others].join(", "));
      const left = told.split(", ").filter((one) => name.includes(one) && one !== "Someone");
      expect(left).toEqual([]);
    }),
  );
});
