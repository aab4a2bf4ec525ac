import { z } from "zod";
import { matching, plainText } from "../primitives";
import { secretKind } from "./secret-signs";

export const variableName = matching(
  /^[A-Za-z_]\w*$/,
  "is no name of an environment variable; write letters, digits and _",
);

const remedy = "keep it in Secrets Manager or SSM, and name its ARN under `secrets`";

/** Of the 64 KiB that ECS gives to a task definition, in characters of one container's variables. */
const mostCharacters = 32768;

/** Plain environment variables; what looks like a secret is refused, for anybody may read a task definition. */
export const environment = z.record(variableName, plainText).superRefine((variables, context) => {
  const characters = Object.entries(variables).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (characters > mostCharacters) {
    const message = `are longer than a task definition may be; write at most ${mostCharacters} characters in all`;
    context.addIssue({ code: "custom", input: variables, message });
  }
  for (const [name, value] of Object.entries(variables)) {
    const kind = secretKind(name, value);
    if (kind === undefined) continue;
    context.addIssue({ code: "custom", path: [name], input: value, message: `is ${kind}; ${remedy}` });
  }
});
