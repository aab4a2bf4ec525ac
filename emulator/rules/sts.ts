import { objects, text, type JsonValue } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "sts";
const reference = "https://docs.aws.amazon.com/STS/latest/APIReference";
const tagging = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html";

/** Longest session of a role that the session of another role assumes. */
const longestChainedSeconds = 3600;

const assuming = ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"];

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const sessionPolicyLength = 2048;
const sessionPolicies = 10;

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
        operations: assuming,
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
      {
        name: "session-policy-size",
        service,
        operations: assuming,
        code: "PackedPolicyTooLarge",
        rule: "A session policy has 2,048 characters at most.",
        source: `${reference}/API_AssumeRole.html`,
        refuse: ({ input }) => {
          const percent = Math.ceil((text(input.Policy).length / sessionPolicyLength) * 100);
          return percent > 100 ? `Packed size of session policy consumes ${percent}% of allotted space.` : undefined;
        },
      },
      {
        name: "session-policies-quota",
        service,
        operations: assuming,
        code: "ValidationError",
        rule: "At most 10 managed policies are passed to a session.",
        source: `${reference}/API_AssumeRole.html`,
        refuse: ({ input }) =>
          objects(input.PolicyArns).length > sessionPolicies
            ? `The number of managed session policies exceeds the limit of ${sessionPolicies}.`
            : undefined,
      },
      {
        name: "session-policy-exists",
        service,
        operations: assuming,
        code: "ValidationError",
        rule: "The managed policies of a session exist in the account of the role.",
        source: `${reference}/API_AssumeRole.html`,
        refuse: async ({ account, input, ask }) => {
          for (const { arn } of objects(input.PolicyArns)) {
            const own = new RegExp(`^arn:[^:]+:iam::${account}:policy/`).test(text(arn));
            if (own && (await ask("GetPolicy", { PolicyArn: arn }, "iam")).Policy === undefined) {
              return `The managed policy ${text(arn)} does not exist.`;
            }
          }
          return undefined;
        },
      },
      {
        name: "session-tag-prefix",
        service,
        operations: ["AssumeRole"],
        code: "ValidationError",
        rule: 'The keys of session tags do not begin with "aws:".',
        source: tagging,
        refuse: ({ input }) =>
          objects(input.Tags).some(({ Key }) => text(Key).startsWith("aws:"))
            ? "Tag keys that begin with aws: are reserved for AWS."
            : undefined,
      },
      {
        name: "session-tag-keys",
        service,
        operations: ["AssumeRole"],
        code: "ValidationError",
        rule: "The keys of session tags differ in more than case.",
        source: tagging,
        refuse: ({ input }) => {
          const keys = keysIn(input.Tags);
          return new Set(keys).size < keys.length
            ? "Duplicate tag keys found. Please note that Tag keys are case insensitive."
            : undefined;
        },
      },
    ],
  };
}

// Without regard to case: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating
function keysIn(tags: JsonValue): readonly string[] {
  return objects(tags).map(({ Key }) => text(Key).toLowerCase());
}
