import { z } from "zod";
import { matching } from "../primitives";

/** Address of a person or a list. */
export const email = matching(
  /^[\w.+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i,
  'is no e-mail address; write one such as "team@example.com"',
);

/** Addresses that AWS Budgets and Cost Explorer write to. */
export const emails = z
  .array(email, "is no list; write a list of e-mail addresses")
  .min(1, "is empty; write one e-mail address")
  .max(10, "is longer than AWS allows; write at most 10 addresses");

/** Address of a program that understands the messages of SNS, such as a pager's. */
export const httpsEndpoint = matching(
  /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?(\/[\w./~%?=&+-]*)?$/i,
  'is no HTTPS address; write one such as "https://events.example.com/sns"',
);
