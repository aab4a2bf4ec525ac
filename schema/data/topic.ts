import { z } from "zod";
import { keep } from "./keep";

/** An SNS topic, encrypted, for TLS only. */
export const topic = z.strictObject({
  /** Whether it may stand there while no service uses it. @default false */
  keep,
});
