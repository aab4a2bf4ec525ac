import { z } from "zod";
import { flag, name } from "../primitives";

/** Whether a data service is kept although no service uses it; otherwise an unused one is an error. @default false */
export const keep = flag.default(false);

/** Name of the snapshot that is created before deletion, to which the stack adds a prefix; `false` creates none. */
export const finalSnapshot = (maximum: number) =>
  z.union([
    z.literal(false, 'must be the name of a snapshot; write one such as "final", or false to create none'),
    name(maximum, "final"),
  ]);
