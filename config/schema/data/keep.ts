import { z } from "zod";

/** Whether a store may stand there while no service uses it; what nobody uses is otherwise taken for forgotten. */
export const keep = z.boolean("is no switch; write true or false");
