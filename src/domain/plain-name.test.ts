import { expect, test } from "vitest";
import { isPlainName } from "./plain-name.ts";

test.each([
  [true, "Globex GmbH & Co. KG"],
  [true, "Yahoo! Inc."],
  [true, "Booking.com"],
  [true, " Booking.com B.V. "],
  [true, "Node.js Foundation"],
  [true, "Globex S.p.A."],
  [false, "Your account is locked, sign in at acme-login.xyz"],
  [false, "Claim your prize at evil-deals.com today"],
  [false, "evil-deals.com/login"],
  [false, "evil．com/login"],
  [false, "bit.ly/3abcd"],
  [false, "evil.com and Booking.com"],
  [false, "evil.com now"],
  [false, "https://evil.example"],
  [false, "Ring 030901820"],
])("%s: %s", (isPlain, name) => expect(isPlainName(name)).toBe(isPlain));
