import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteResourcePolicyCommand,
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
  DisassociateKmsKeyCommand,
  PutMetricFilterCommand,
  PutQueryDefinitionCommand,
  PutResourcePolicyCommand,
  type PutResourcePolicyCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("CloudWatch Logs", () => {
  const aws = emulatorForSuite();
  const logs = (region?: string) => new CloudWatchLogsClient(aws.client(region));
  const kms = () => new KMSClient(aws.client());
  const createKey = async (Policy?: string): Promise<string> =>
    (await kms().send(new CreateKeyCommand({ Policy }))).KeyMetadata?.Arn ?? "";
  const createLogKey = (pattern?: string): Promise<string> => createKey(keyPolicy(pattern));
  const createGroup = (logGroupName: string, settings = {}) =>
    logs().send(new CreateLogGroupCommand({ logGroupName, ...settings }));
  const keyOf = async (name: string) => {
    const { logGroups } = await logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    return logGroups?.find(({ logGroupName }) => logGroupName === name)?.kmsKeyId;
  };
  const metricFilter = (logGroupName: string, filterName = "errors") => {
    const metricTransformations = [{ metricName: "Errors", metricNamespace: "Own", metricValue: "1" }];
    const filter = { logGroupName, filterName, filterPattern: "ERROR", metricTransformations };
    return logs().send(new PutMetricFilterCommand(filter));
  };
  const putPolicy = (policy: PutResourcePolicyCommandInput, region?: string) =>
    logs(region).send(new PutResourcePolicyCommand({ policyDocument: policyOf("events.amazonaws.com"), ...policy }));

  it("refuses a second log group with a name [log-group-exists]", async () => {
    expect(await refusal(createGroup("taken"))).toBe("");
    expect(await refusal(createGroup("taken"))).toBe("ResourceAlreadyExistsException");
    await logs().send(new DeleteLogGroupCommand({ logGroupName: "taken" }));
    expect(await refusal(createGroup("taken"))).toBe("");
  });

  it("refuses an eleventh resource policy of the account [log-resource-policy-quota]", async () => {
    const region = "eu-west-1";
    for (let number = 1; number <= 10; number++) await putPolicy({ policyName: `own-${number}` }, region);
    expect(await refusal(putPolicy({ policyName: "own-11" }, region))).toBe("LimitExceededException");
    expect(await refusal(putPolicy({ policyName: "own-1" }, region))).toBe("");
    const resourceArn = "arn:aws:logs:eu-west-1:111122223333:log-group:own";
    expect(await refusal(putPolicy({ resourceArn }, region))).toBe("");
    await logs(region).send(new DeleteResourcePolicyCommand({ policyName: "own-1" }));
    expect(await refusal(putPolicy({ policyName: "own-11" }, region))).toBe("");
  });

  it("returns the policy of a log group until it is deleted", async () => {
    const resourceArn = "arn:aws:logs:us-east-1:111122223333:log-group:policy";
    await putPolicy({ resourceArn });
    const read = async () => {
      const { resourcePolicies } = await logs().send(new DescribeResourcePoliciesCommand({ resourceArn }));
      return resourcePolicies;
    };
    expect(await read()).toMatchObject([{ policyDocument: policyOf("events.amazonaws.com"), policyScope: "RESOURCE" }]);
    await logs().send(new DeleteResourcePolicyCommand({ resourceArn }));
    expect(await read()).toEqual([]);
  });

  it("refuses a resource policy of more than 5,120 characters [log-resource-policy-size]", async () => {
    const least = policyOf("events.amazonaws.com");
    const policy = (length: number) => ({ policyName: "long", policyDocument: least.padEnd(length, " ") });
    expect(await refusal(putPolicy(policy(5121)))).toBe("LimitExceededException");
    expect(await refusal(putPolicy(policy(5120)))).toBe("");
  });

  it("refuses a filter of a log group that does not exist [log-group-not-found]", async () => {
    await createGroup("filtered");
    expect(await refusal(metricFilter("filter"))).toBe("ResourceNotFoundException");
    expect(await refusal(metricFilter("filtered"))).toBe("");
  });

  it("refuses the 101st metric filter of a log group [metric-filter-quota]", async () => {
    await createGroup("filters");
    for (let number = 1; number <= 100; number++) await metricFilter("filters", `own-${number}`);
    expect(await refusal(metricFilter("filters", "own-101"))).toBe("LimitExceededException");
    expect(await refusal(metricFilter("filters", "own-100"))).toBe("");
  });

  it("refuses a key that does not exist or is disabled [log-group-key]", async () => {
    const key = await createLogKey();
    const unknown = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000";
    expect(await refusal(createGroup("encrypted", { kmsKeyId: unknown }))).toBe("InvalidParameterException");
    expect(await refusal(createGroup("encrypted", { kmsKeyId: key }))).toBe("");
    await kms().send(new DisableKeyCommand({ KeyId: key.split("/").at(-1) }));
    expect(await refusal(createGroup("other", { kmsKeyId: key }))).toBe("InvalidParameterException");
  });

  it("refuses a key whose policy does not let CloudWatch Logs use it [log-group-key-policy]", async () => {
    const [byDefault, other] = [await createKey(), await createLogKey("log-group:/orders/*")];
    expect(await refusal(createGroup("/own/logs", { kmsKeyId: byDefault }))).toBe("AccessDeniedException");
    expect(await refusal(createGroup("/own/logs", { kmsKeyId: other }))).toBe("AccessDeniedException");
    expect(await refusal(createGroup("/orders/logs", { kmsKeyId: other }))).toBe("");
    expect(await refusal(createGroup("/own/logs"))).toBe("");
    const associate = (kmsKeyId: string) =>
      refusal(logs().send(new AssociateKmsKeyCommand({ logGroupName: "/own/logs", kmsKeyId })));
    expect(await associate(other)).toBe("AccessDeniedException");
    expect(await associate(await createLogKey())).toBe("");
  });

  it("changes the key of a log group", async () => {
    const [one, two] = [await createLogKey(), await createLogKey()];
    await createGroup("changed", { kmsKeyId: one });
    await logs().send(new AssociateKmsKeyCommand({ logGroupName: "changed", kmsKeyId: two }));
    expect(await keyOf("changed")).toBe(two);
    await logs().send(new DisassociateKmsKeyCommand({ logGroupName: "changed" }));
    expect(await keyOf("changed")).toBeUndefined();
    const missing = logs().send(new AssociateKmsKeyCommand({ logGroupName: "chang", kmsKeyId: two }));
    expect(await refusal(missing)).toBe("ResourceNotFoundException");
  });

  it("refuses a second saved query with a name [query-definition-name]", async () => {
    const put = async (name: string, queryDefinitionId?: string) => {
      const query = { name, queryString: "fields @message", queryDefinitionId };
      return (await logs().send(new PutQueryDefinitionCommand(query))).queryDefinitionId;
    };
    const id = await put("slow");
    expect(await refusal(put("slow"))).toBe("InvalidParameterException");
    expect(await refusal(put("slow", id))).toBe("");
    expect(await refusal(put("slower"))).toBe("");
  });

  it("refuses to change a saved query that does not exist [query-definition-not-found]", async () => {
    const query = { name: "changed", queryString: "fields @message", queryDefinitionId: "unknown" };
    expect(await refusal(logs().send(new PutQueryDefinitionCommand(query)))).toBe("ResourceNotFoundException");
  });
});

/** A resource policy by which a service writes logs. */
function policyOf(service: string): string {
  const Action = ["logs:CreateLogStream", "logs:PutLogEvents"];
  const statement = { Effect: "Allow", Principal: { Service: service }, Action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** The policy of a key that CloudWatch Logs uses for the log groups of a pattern. */
function keyPolicy(pattern = "log-group:*"): string {
  const arn = `arn:aws:logs:us-east-1:111122223333:${pattern}`;
  const own = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" };
  const ofLogs = {
    Effect: "Allow",
    Principal: { Service: "logs.us-east-1.amazonaws.com" },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [own, ofLogs] });
}
