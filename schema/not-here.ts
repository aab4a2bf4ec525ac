import { z } from "zod";

/** A field that other kinds have: it does not type-check here, and the message says what to choose instead. */
export const notHere = (message: string) => z.undefined(message).optional();
