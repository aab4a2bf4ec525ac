import { objects, text } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "ssm";
const source = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html";
const operations = ["PutParameter"];
const mostLevels = 15;

/** Rules of Parameter Store on the names, sizes and tiers of parameters. */
export function ssm(): RuleSet {
  return {
    rules: [
      {
        name: "parameter-name-qualified",
        service,
        operations,
        code: "ValidationException",
        rule: "A parameter name with a slash begins with one.",
        source,
        refuse: ({ input }) => {
          const name = text(input.Name);
          return name.includes("/") && !name.startsWith("/") && !name.startsWith("arn:")
            ? "Parameter name must be a fully qualified name."
            : undefined;
        },
      },
      {
        name: "parameter-name-form",
        service,
        operations,
        code: "ValidationException",
        rule: "Each part of a parameter name has letters, numbers and .-_ only.",
        source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html",
        refuse: ({ input }) => {
          const name = text(input.Name);
          return name.startsWith("arn:") || /^\/?[\w.-]+(\/[\w.-]+)*$/.test(name)
            ? undefined
            : 'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';
        },
      },
      {
        name: "parameter-hierarchy",
        service,
        operations,
        code: "HierarchyLevelLimitExceededException",
        rule: "A parameter name has at most 15 levels.",
        source,
        refuse: ({ input }) =>
          text(input.Name).split("/").filter(Boolean).length > mostLevels
            ? `Parameter hierarchy can have a maximum of ${mostLevels} levels.`
            : undefined,
      },
      {
        name: "parameter-key",
        service,
        operations,
        code: "InvalidKeyId",
        rule: "The key of a secure parameter exists.",
        source,
        refuse: async ({ input, ask, account }) => {
          const KeyId = text(input.KeyId);
          const isOther = KeyId.startsWith("arn:") && !KeyId.includes(`:${account}:`);
          // The key of Parameter Store itself is made at its first use.
          if (input.Type !== "SecureString" || KeyId === "" || isOther || KeyId.endsWith("alias/aws/ssm")) {
            return undefined;
          }
          const { KeyMetadata } = await ask("DescribeKey", { KeyId }, "kms");
          return KeyMetadata === undefined ? `Invalid keyId ${KeyId}` : undefined;
        },
      },
      {
        name: "parameter-size",
        service,
        operations,
        code: "ValidationException",
        rule: "A parameter of the standard tier has at most 4,096 characters, one of the advanced tier 8,192.",
        source,
        refuse: async (call) => {
          const length = Buffer.byteLength(text(call.input.Value));
          const tier = text(call.input.Tier) || (await tierOf(call)) || "Standard";
          if (length > 8192) return "Advanced tier parameters support a maximum parameter value of 8192 characters.";
          return tier === "Standard" && length > 4096
            ? "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier."
            : undefined;
        },
      },
      {
        name: "parameter-tier-downgrade",
        service,
        operations,
        code: "ValidationException",
        rule: "A parameter of the advanced tier cannot return to the standard tier.",
        source,
        refuse: async (call) =>
          call.input.Tier === "Standard" && (await tierOf(call)) === "Advanced"
            ? "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier."
            : undefined,
      },
      {
        name: "parameter-nested",
        service,
        operations,
        code: "ValidationException",
        rule: "The value of a parameter has no other parameter in double braces.",
        source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
        refuse: ({ input }) =>
          /\{\{\s*[\w.:/-]+\s*\}\}/.test(text(input.Value))
            ? 'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.'
            : undefined,
      },
      {
        name: "parameter-policies-tier",
        service,
        operations,
        code: "ValidationException",
        rule: "Only a parameter of the advanced tier has policies.",
        source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html",
        refuse: ({ input }) =>
          input.Tier === "Standard" && !/^\s*(\[\s*\]\s*)?$/.test(text(input.Policies))
            ? "Parameter policies are supported by the advanced-parameter tier only."
            : undefined,
      },
      {
        name: "parameter-pattern",
        service,
        operations,
        code: "ParameterPatternMismatchException",
        rule: "The value of a parameter matches its allowed pattern.",
        source,
        refuse: ({ input }) => {
          const pattern = text(input.AllowedPattern);
          return pattern !== "" && !matches(pattern, text(input.Value))
            ? `Parameter value, cannot be validated against allowedPattern: ${pattern}`
            : undefined;
        },
      },
    ],
  };
}

async function tierOf({ ask, input }: RuleCall): Promise<string> {
  const { Parameters } = await ask("DescribeParameters", {
    ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [text(input.Name)] }],
  });
  return text(objects(Parameters)[0]?.Tier);
}

// A pattern of Java that JavaScript cannot read is not checked.
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    return true;
  }
}
