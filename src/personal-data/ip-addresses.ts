import { isIPv4, isIPv6 } from "node:net";
import { before, type Found, type Recogniser } from "./found.ts";

/** IPv4 in four decimal parts, IPv6 in the forms of RFC 4291; a version number of four parts is only likely. */
export const ipAddresses: Recogniser = (text) => [...ofFour(text), ...ofSix(text)];

function ofFour(text: string): readonly Found[] {
  return [...text.matchAll(/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g)].flatMap(
    ({ 0: value, index }): Found[] => {
      if (!isIPv4(value)) return [];
      const isVersion = /\b(?:v|version|versions|release|build|firmware)[ .:]{0,2}$/.test(before(text, index, 12));
      return [{ kind: "IP_ADDRESS", start: index, end: index + value.length, strength: isVersion ? "likely" : "sure" }];
    },
  );
}

function ofSix(text: string): readonly Found[] {
  return [...text.matchAll(/(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:.]{2,41}(?![\w:])/gi)].flatMap(
    ({ 0: run, index }): Found[] => {
      const value = run.replace(/[.:]+$/, (end) => (end.startsWith("::") ? "::" : ""));
      const groups = value.split(/:+/).filter((group) => group !== "");
      if (groups.length < 3 || !/\d/.test(value) || !isIPv6(value)) return [];
      return [{ kind: "IP_ADDRESS", start: index, end: index + value.length, strength: "sure" }];
    },
  );
}
