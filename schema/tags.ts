import { z } from "zod";
import { tagKey, tagValue } from "./primitives";

/** Tags that every resource has by itself. */
const own = ["app", "environment", "stage", "owner", "managed-by", "name"];

/** AWS's fifty, without those that every resource has by itself. */
const most = 40;

/** Tags beside the stage's own. */
export const tags = z.record(tagKey, tagValue).superRefine((all, context) => {
  const refuse = (message: string, input: unknown, ...path: string[]) => {
    context.addIssue({ code: "custom", path, input, message });
  };
  for (const [key, value] of Object.entries(all)) {
    // AWS tells capitals apart in most services, and in IAM not.
    if (own.includes(key.toLowerCase())) refuse("is a tag that every resource has; remove it", value, key);
  }
  if (Object.keys(all).length > most) refuse(`are more than AWS takes; write at most ${most}`, all);
});
