import { z } from "zod";
import { integer } from "./primitives";

/** Requests that API Gateway lets through before it answers 429. */
export const throttling = z.strictObject({
  /** Requests a second, sustained. */
  ratePerSecond: integer(1, 10000),
  /** Requests at once. */
  burst: integer(1, 5000),
});
