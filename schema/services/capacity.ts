import { z } from "zod";
import { integer } from "../primitives";

/** What the tasks run on. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
export const capacity = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** Runs until it is stopped. */
      mode: z.literal("on-demand"),
    }),
    z.strictObject({
      /** For about a third of the price, until AWS wants it back: SIGTERM comes two minutes before. */
      mode: z.literal("spot"),
    }),
    z.strictObject({
      /** The first tasks on demand, all others on Spot. */
      mode: z.literal("mixed"),
      /** Tasks that run on demand. @default 1 */
      onDemandBase: integer(1, 5000).default(1),
    }),
  ],
  'is no capacity; write "on-demand", "spot" or "mixed"',
);

export type Capacity = z.output<typeof capacity>;
