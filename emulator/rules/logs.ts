import { partitionOf } from "../iam/call";
import { contextOf } from "../iam/conditions";
import { allows } from "../iam/evaluate";
import { parsePolicy } from "../iam/policy-document";
import { object, objects, text } from "../wire/json";
import { isInvocableBy } from "./invocation";
import type { RuleCall, RuleSet } from "./rule";

const service = "logs";
const reference = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference";
const quotas = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html";

const longestPolicy = 5120;
const metricFilterQuota = 100;

/** Rules of CloudWatch Logs on log groups, their filters and keys, resource policies and saved queries. */
export function logs(): RuleSet {
  return {
    rules: [
      {
        name: "log-resource-policy-size",
        service,
        operations: ["PutResourcePolicy"],
        code: "LimitExceededException",
        rule: "A resource policy of the account has at most 5,120 characters.",
        source: quotas,
        refuse: ({ input }) =>
          text(input.resourceArn) === "" && text(input.policyDocument).length > longestPolicy
            ? `Policy document length breaking Cloudwatch Logs Constraints, either < 1 or > ${longestPolicy}`
            : undefined,
      },
      {
        name: "log-group-not-found",
        service,
        operations: ["PutMetricFilter", "PutSubscriptionFilter", "PutDataProtectionPolicy"],
        code: "ResourceNotFoundException",
        rule: "The log group of a filter or data protection policy must exist.",
        source: `${reference}/API_PutMetricFilter.html`,
        refuse: async (call) => {
          const identifier = text(call.input.logGroupName) || text(call.input.logGroupIdentifier);
          return (await logGroupExists(call, identifier)) ? undefined : "The specified log group does not exist.";
        },
      },
      {
        name: "subscription-function-not-invocable",
        service,
        operations: ["PutSubscriptionFilter"],
        code: "InvalidParameterException",
        rule: "The policy of the function that receives log events lets CloudWatch Logs invoke it.",
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html",
        refuse: async (call) => {
          const arn = text(call.input.destinationArn);
          const names = ["logs.amazonaws.com", `logs.${call.region}.amazonaws.com`];
          return !arn.includes(":lambda:") || (await isInvocableBy(call, arn, names))
            ? undefined
            : "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.";
        },
      },
      {
        name: "metric-filter-quota",
        service,
        operations: ["PutMetricFilter"],
        code: "LimitExceededException",
        rule: "A log group has at most 100 metric filters.",
        source: quotas,
        refuse: async ({ input, ask }) => {
          const { metricFilters } = await ask("DescribeMetricFilters", { logGroupName: input.logGroupName });
          const others = objects(metricFilters).filter(({ filterName }) => filterName !== input.filterName);
          return others.length >= metricFilterQuota ? "Resource limit exceeded." : undefined;
        },
      },
      {
        name: "log-group-key",
        service,
        operations: ["CreateLogGroup", "AssociateKmsKey"],
        code: "InvalidParameterException",
        rule: "The key of a log group exists and is enabled.",
        source: `${reference}/API_AssociateKmsKey.html`,
        refuse: async ({ input, ask, account }) => {
          const arn = text(input.kmsKeyId);
          // The keys of other accounts cannot be read.
          if (!arn.includes(`:${account}:`)) return undefined;
          const { KeyState } = object((await ask("DescribeKey", { KeyId: arn }, "kms")).KeyMetadata);
          return KeyState === "Enabled" ? undefined : "The specified KMS Key Id could not be found or is not enabled.";
        },
      },
      {
        name: "log-group-key-policy",
        service,
        operations: ["CreateLogGroup", "AssociateKmsKey"],
        code: "AccessDeniedException",
        rule: "The policy of a log group's key lets CloudWatch Logs of the Region use it for the log group.",
        source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
        refuse: async (call) => {
          const { kmsKeyId, logGroupName, resourceIdentifier } = call.input;
          const { account, region } = call;
          const own = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${text(logGroupName)}`;
          const arn = text(resourceIdentifier).replace(/:\*$/, "") || own;
          return (await encryptsLogs(call, text(kmsKeyId), arn))
            ? undefined
            : `The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`;
        },
      },
      {
        name: "query-definition-name",
        service,
        operations: ["PutQueryDefinition"],
        code: "InvalidParameterException",
        rule: "The name of a saved query is unique in its account and Region.",
        source: `${reference}/API_PutQueryDefinition.html`,
        refuse: async ({ input, ask }) => {
          const { queryDefinitions } = await ask("DescribeQueryDefinitions", { queryDefinitionNamePrefix: input.name });
          const other = objects(queryDefinitions).find(
            ({ name, queryDefinitionId }) => name === input.name && queryDefinitionId !== input.queryDefinitionId,
          );
          return other && `A query definition with the name ${text(input.name)} already exists.`;
        },
      },
      {
        name: "query-definition-not-found",
        service,
        operations: ["PutQueryDefinition"],
        code: "ResourceNotFoundException",
        rule: "The saved query that a request changes must exist.",
        source: `${reference}/API_PutQueryDefinition.html`,
        refuse: async ({ input, ask }) => {
          const id = text(input.queryDefinitionId);
          if (id === "") return undefined;
          const { queryDefinitions } = await ask("DescribeQueryDefinitions");
          return objects(queryDefinitions).some(({ queryDefinitionId }) => queryDefinitionId === id)
            ? undefined
            : "The specified query definition does not exist.";
        },
      },
    ],
  };
}

async function encryptsLogs({ ask, account, region }: RuleCall, key: string, arn: string): Promise<boolean> {
  // The policies of keys of other accounts cannot be read.
  if (!key.includes(`:${account}:`)) return true;
  const { Policy } = await ask("GetKeyPolicy", { KeyId: key, PolicyName: "default" }, "kms");
  const document = parsePolicy(text(Policy));
  const context = contextOf({
    "aws:SecureTransport": "true",
    "aws:PrincipalIsAWSService": "true",
    "aws:SourceAccount": account,
    "aws:SourceArn": arn,
    "kms:CallerAccount": account,
    "kms:EncryptionContext:aws:logs:arn": arn,
    "kms:EncryptionContextKeys": "aws:logs:arn",
    "kms:ViaService": `logs.${region}.amazonaws.com`,
  });
  const names = ["logs.amazonaws.com", `logs.${region}.amazonaws.com`, `logs.${region}.amazonaws.com.cn`];
  return ["kms:Encrypt", "kms:GenerateDataKey"].some((action) =>
    allows(document, { action, resource: key, context }, { type: "Service", identifiers: names }),
  );
}

/** Whether a log group exists in the account and region of a call, by its name or ARN. */
export async function logGroupExists({ ask }: RuleCall, identifier: string): Promise<boolean> {
  const name = /:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier;
  const { logGroups } = await ask("DescribeLogGroups", { logGroupNamePrefix: name }, service);
  return objects(logGroups).some(({ logGroupName }) => logGroupName === name);
}
