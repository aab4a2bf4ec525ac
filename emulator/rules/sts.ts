import { text } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "sts";
const reference = "https://docs.aws.amazon.com/STS/latest/APIReference";

/** Longest session of a role that the session of another role assumes. */
const longestChainedSeconds = 3600;

/** Rules of AWS STS on the sessions of roles. */
export function sts(): RuleSet {
  return {
    rules: [
      {
        name: "chained-session-duration",
        service,
        operations: ["AssumeRole"],
        code: "ValidationError",
        rule: "The session of a role assumes another role for one hour at most.",
        source: `${reference}/API_AssumeRole.html`,
        refuse: ({ input, caller }) =>
          caller.includes(":assumed-role/") && Number(input.DurationSeconds) > longestChainedSeconds
            ? "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
            : undefined,
      },
      {
        name: "session-duration",
        service,
        operations: ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
        code: "ValidationError",
        rule: "A session is no longer than the maximum of its role.",
        source: `${reference}/API_AssumeRole.html`,
        refuse: async ({ input, iam }) => {
          const role = await iam.role(text(input.RoleArn));
          return role && Number(input.DurationSeconds) > role.maxSessionSeconds
            ? "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
            : undefined;
        },
      },
    ],
  };
}
