import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateStageCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeResourcePoliciesCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateWebACLCommand, PutLoggingConfigurationCommand, WAFV2Client } from "@aws-sdk/client-wafv2";
import { emulatorForSuite, refusal } from "../running-emulator";

const account = "111122223333";
const arnOf = (name: string) => `arn:aws:logs:us-east-1:${account}:log-group:${name}`;

describe("logs that CloudWatch Logs delivers", () => {
  const aws = emulatorForSuite();
  let logs: CloudWatchLogsClient;
  let webAcl = "";

  beforeAll(async () => {
    logs = new CloudWatchLogsClient(aws.client());
    const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "shop" };
    const acl = { Name: "shop", Scope: "REGIONAL" as const, DefaultAction: { Allow: {} }, VisibilityConfig };
    const { Summary } = await new WAFV2Client(aws.client()).send(new CreateWebACLCommand(acl));
    webAcl = Summary?.ARN ?? "";
  });

  const createGroup = async (logGroupName: string) => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    return arnOf(logGroupName);
  };
  const policiesOf = async (resourceArn?: string) => {
    const { resourcePolicies = [] } = await logs.send(new DescribeResourcePoliciesCommand({ resourceArn }));
    return resourcePolicies.map(({ policyDocument = "" }) => policyDocument);
  };
  const logRequests = (LogDestination: string, ResourceArn = webAcl) => {
    const LoggingConfiguration = { ResourceArn, LogDestinationConfigs: [LogDestination] };
    return refusal(new WAFV2Client(aws.client()).send(new PutLoggingConfigurationCommand({ LoggingConfiguration })));
  };

  it("have a log group of the web ACL's account and Region [waf-log-group-exists]", async () => {
    const group = await createGroup("aws-waf-logs-shop");
    expect(await logRequests(arnOf("aws-waf-logs-missing"))).toBe("WAFNonexistentItemException");
    expect(await logRequests(group.replace("us-east-1", "us-west-2"))).toBe("WAFNonexistentItemException");
    expect(await logRequests(group)).toBe("");
    expect(await logRequests(`${group}:*`)).toBe("");
    expect(await logRequests("arn:aws:s3:::aws-waf-logs-shop")).toBe("");
  });

  it("are of a web ACL that exists [waf-logging-of-unknown]", async () => {
    const group = await createGroup("aws-waf-logs-known");
    expect(await logRequests(group, webAcl.replace(/.{4}$/, "0000"))).toBe("WAFNonexistentItemException");
    expect(await logRequests(group)).toBe("");
  });

  it("have a log group of the HTTP API's account and Region [http-api-log-group-exists]", async () => {
    const gateway = new ApiGatewayV2Client(aws.client());
    const { ApiId } = await gateway.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP" }));
    const settings = (name: string) => ({ DestinationArn: arnOf(name), Format: "$context.requestId" });
    const create = (StageName: string, name: string) =>
      refusal(gateway.send(new CreateStageCommand({ ApiId, StageName, AccessLogSettings: settings(name) })));
    await createGroup("requests");
    expect(await create("one", "missing")).toBe("BadRequestException");
    expect(await create("one", "requests")).toBe("");
    const update = { ApiId, StageName: "one", AccessLogSettings: settings("missing") };
    expect(await refusal(gateway.send(new UpdateStageCommand(update)))).toBe("BadRequestException");
    const [policy = ""] = await policiesOf(arnOf("requests"));
    expect(policy).toContain(`${arnOf("requests")}:log-stream:*`);
  });

  it("are allowed by a policy of the log group, which goes with it", async () => {
    const group = await createGroup("aws-waf-logs-own");
    expect(await policiesOf(group)).toEqual([]);
    expect(await logRequests(group)).toBe("");
    const [policy = ""] = await policiesOf(group);
    expect(JSON.parse(policy)).toMatchObject({
      Statement: [
        {
          Sid: "AWSLogDeliveryWrite20150319",
          Principal: { Service: ["delivery.logs.amazonaws.com"] },
          Effect: "Allow",
        },
      ],
    });
    expect(await policiesOf()).toEqual([]);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: "aws-waf-logs-own" }));
    expect(await policiesOf(group)).toEqual([]);
  });

  it("need no policy of the log group when one of the account allows them", async () => {
    const statement = {
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${arnOf("aws-waf-logs-*")}:log-stream:*`,
    };
    const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await logs.send(new PutResourcePolicyCommand({ policyName: "delivery", policyDocument }));
    const group = await createGroup("aws-waf-logs-covered");
    expect(await logRequests(group)).toBe("");
    expect(await policiesOf(group)).toEqual([]);
  });
});
