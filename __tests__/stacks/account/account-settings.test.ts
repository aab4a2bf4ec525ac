import { z } from "zod";
import { logGroupName, webAclLogGroupName } from "../../../stacks/naming";
import { accountWith, SynthesizedAccount } from "./synthesized-account";

const regions = ["us-east-1", "eu-west-1"] as const;
const both = new SynthesizedAccount(accountWith({ regions: [...regions] }), {});
const ofType = (type: string, stack = both) => stack.json.resource[type] ?? {};
const providersOf = ({ json }: SynthesizedAccount) =>
  z
    .object({
      provider: z.object({ aws: z.array(z.looseObject({ alias: z.string().optional(), region: z.string() })) }),
    })
    .parse(json).provider.aws;

describe("the log role of API Gateway", () => {
  it("is one role with AWS's policy for it, which deploy roles cannot change", () => {
    expect(ofType("aws_iam_role").rest_logs).toMatchObject({
      name: "shop-api-logs-us-east-1",
      path: "/pipeline/",
    });
    expect(both.statements("rest_logs_trust")).toMatchObject([
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["apigateway.amazonaws.com"] }],
      },
    ]);
    expect(ofType("aws_iam_role_policy_attachment").rest_logs_permissions).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    });
  });

  it("is set in each region of the file, after it may write", () => {
    const setting = {
      cloudwatch_role_arn: "${aws_iam_role.rest_logs.arn}",
      depends_on: ["aws_iam_role_policy_attachment.rest_logs_permissions"],
    };
    expect(ofType("aws_api_gateway_account")).toEqual({
      rest_logs_us_east_1: setting,
      rest_logs_eu_west_1: { ...setting, provider: "aws.eu-west-1" },
    });
  });

  it("is not made when another file or project has set it", () => {
    const { resource } = new SynthesizedAccount(accountWith({ apiGatewayLogRole: "existing" }), {}).json;
    expect(resource).not.toHaveProperty("aws_api_gateway_account");
    expect(resource.aws_iam_role).not.toHaveProperty("rest_logs");
  });
});

describe("the policy for the delivery of logs", () => {
  const [statement, ...others] = both.statements("log_delivery_eu_west_1_delivery");

  it("is one in each region of the file", () => {
    expect(ofType("aws_cloudwatch_log_resource_policy")).toMatchObject({
      log_delivery_us_east_1: { policy_name: "shop-log-delivery" },
      log_delivery_eu_west_1: { policy_name: "shop-log-delivery", provider: "aws.eu-west-1" },
    });
  });

  it("allows deliveries of the account and region only", () => {
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      principals: [{ type: "Service", identifiers: ["delivery.logs.amazonaws.com"] }],
      condition: [
        { test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333"] },
        { test: "ArnLike", variable: "aws:SourceArn", values: ["arn:aws:logs:eu-west-1:111122223333:*"] },
      ],
    });
  });

  it("covers vended logs, and the log groups of every stage to which AWS delivers", () => {
    const stage = { app: "shop", stage: "dev01", region: "eu-west-1" };
    const groups = ["/aws/vendedlogs/states/orders", webAclLogGroupName(stage), logGroupName(stage, "api-access")];
    const covered = (group: string) =>
      statement?.resources.some((pattern) =>
        new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(
          `arn:aws:logs:eu-west-1:111122223333:log-group:${group}:log-stream:a`,
        ),
      );
    expect(groups.filter((group) => covered(group) !== true)).toEqual([]);
    expect(covered("/desk/dev01/api-access")).toBe(false);
    expect(covered("/shop/dev01/services/orders")).toBe(false);
  });

  it("has one length for any number of stages, below the limit of CloudWatch Logs", () => {
    const two = new SynthesizedAccount(accountWith(), {}, { stage: "dev02" });
    expect(two.statements("log_delivery_us_east_1_delivery")).toEqual(
      both.statements("log_delivery_us_east_1_delivery"),
    );
    expect(JSON.stringify(statement).length).toBeLessThan(5120);
  });
});

describe("the providers of other regions", () => {
  it("are configured also for regions that the file does not name, so that one can be removed from it", () => {
    const aliases = new Map(providersOf(new SynthesizedAccount(accountWith(), {})).map((each) => [each.alias, each]));
    expect(aliases.get("eu-west-1")).toMatchObject({ region: "eu-west-1", allowed_account_ids: ["111122223333"] });
    expect(aliases.get(undefined)).toMatchObject({ region: "us-east-1" });
    expect([...aliases.keys()].filter((alias) => alias === "us-east-1" || alias?.startsWith("us-gov-"))).toEqual([]);
  });
});

describe("the notifications of unusual costs", () => {
  const email = ["money@example.com"];
  const stack = new SynthesizedAccount(accountWith({ costAnomalies: { email, thresholdUsd: 20 } }), {});

  it("cover each service of the account, as member accounts of an organization may", () => {
    expect(ofType("aws_ce_anomaly_monitor", stack)).toEqual({
      costs: { name: "shop-cost-anomalies", monitor_type: "DIMENSIONAL", monitor_dimension: "SERVICE" },
    });
  });

  it("are an e-mail once a day, above an amount", () => {
    expect(Object.values(ofType("aws_ce_anomaly_subscription", stack))).toMatchObject([
      {
        frequency: "DAILY",
        monitor_arn_list: ["${aws_ce_anomaly_monitor.costs.arn}"],
        subscriber: [{ type: "EMAIL", address: "money@example.com" }],
        threshold_expression: { dimension: { key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE", values: ["20"] } },
      },
    ]);
  });

  it("use the monitor that the account has already", () => {
    const monitorArn = "arn:aws:ce::111122223333:anomalymonitor/5f4d2c3b-0000-4000-8000-000000000000";
    const other = new SynthesizedAccount(accountWith({ costAnomalies: { email, monitorArn } }), {});
    expect(other.json.resource).not.toHaveProperty("aws_ce_anomaly_monitor");
    expect(Object.values(ofType("aws_ce_anomaly_subscription", other))).toMatchObject([
      { monitor_arn_list: [monitorArn] },
    ]);
  });

  it("are none unless the file has them", () => {
    expect(Object.keys(both.json.resource).filter((type) => type.startsWith("aws_ce_"))).toEqual([]);
  });
});
