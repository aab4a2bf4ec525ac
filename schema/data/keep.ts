import { yesOrNo } from "../primitives";

/** Whether a store may stand there while no service uses it; what nobody uses is otherwise taken for forgotten. */
export const keep = yesOrNo.default(false);
