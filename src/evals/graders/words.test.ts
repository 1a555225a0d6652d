import { expect, it } from "vitest";
import { aDecision, aDenial, aMoment } from "../../../test/support/eval-runs.ts";
import { gradeWords } from "./words.ts";

const shown = aMoment(aDecision());
const denied = aMoment(aDenial());
const refused = aMoment(null, { refusal: { code: "invalid", message: "There is no lead L-9." } });

it.each([
  ["the words in the framing", shown, { framing: { contains: ["logistics", "others"] } }, [true]],
  ["words that are not there", shown, { framing: { contains: ["logistics", "finance"] } }, [false]],
  ["words that may not be there", shown, { framing: { lacks: ["logistics"] } }, [false]],
  ["a framing without them", shown, { framing: { lacks: ["guaranteed"] } }, [true]],
  ["nothing placed", denied, { framing: { contains: ["others"], lacks: ["guaranteed"] } }, [false, true]],
  ["no decision", aMoment(null), { framing: { lacks: ["guaranteed"] }, reason: "x" }, [false, false]],
  ["part of the reason", denied, { reason: "consent.channel" }, [true]],
  ["why the event was refused", refused, { reason: "no lead L-9" }, [true]],
  ["another reason", denied, { reason: "grant.valid" }, [false]],
  ["no reason", shown, { reason: "grant.valid" }, [false]],
  ["nothing", shown, {}, []],
])("grades %s", (_, moment, expected, passed) => {
  expect(gradeWords(moment, expected).map((grade) => grade.passed)).toEqual(passed);
});

it("quotes the framing that came", () => {
  expect(gradeWords(shown, { framing: { contains: ["finance"] } })[0]?.words).toBe(
    'expected a framing with "finance", got "What others in logistics say"',
  );
});
