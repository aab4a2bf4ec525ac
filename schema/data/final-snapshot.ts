import { z } from "zod";
import { name } from "../primitives";

/** Name of the snapshot that AWS makes when a store is deleted, to which it adds a text of its own, or `false`. */
export const finalSnapshot = (maximum: number) =>
  z.union([
    z.literal(false, 'is no name of a snapshot; write one such as "final", or false to lose the data'),
    name(maximum, "final"),
  ]);
