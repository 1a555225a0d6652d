import type { PersonalDataKind } from "./personal-data.ts";

/** What a mask puts in place of each kind; `foldText` knows them again. */
export const placeholders: Readonly<Record<Exclude<PersonalDataKind, "PERSON">, string>> = {
  EMAIL_ADDRESS: "[e-mail]",
  PHONE_NUMBER: "[phone]",
  ADDRESS: "[address]",
  CREDIT_CARD: "[card number]",
  IBAN_CODE: "[IBAN]",
  US_SSN: "[social security number]",
  US_DRIVER_LICENSE: "[driver's license]",
  NATIONAL_ID: "[national id]",
  IP_ADDRESS: "[IP address]",
  SECRET: "[secret]",
};
