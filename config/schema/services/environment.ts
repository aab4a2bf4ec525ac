import { z } from "zod";
import { matching, plainText } from "../primitives";
import { secretKind } from "./secret-signs";

export const variableName = matching(
  /^[A-Za-z_]\w*$/,
  "is no name of an environment variable; write letters, digits and _",
);

const remedy = "keep it in Secrets Manager or SSM, and name its ARN under `secrets`";

/** Plain environment variables; what looks like a secret is refused, for anybody may read a task definition. */
export const environment = z.record(variableName, plainText).superRefine((variables, context) => {
  for (const [name, value] of Object.entries(variables)) {
    const kind = secretKind(name, value);
    if (kind === undefined) continue;
    context.addIssue({ code: "custom", path: [name], input: value, message: `is ${kind}; ${remedy}` });
  }
});
