import { matching } from "../primitives";

/** User, and group after a colon, that a container runs as. @default "1000:1000" */
export const user = matching(
  /^(?!0+(:|$)|root(:|$))[\w-]+(:[\w-]+)?$/,
  'is no user; write one that is not root, such as "1000:1000"',
).default("1000:1000");
