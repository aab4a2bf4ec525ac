import { GetRestApisCommand, GetStagesCommand as GetRestStagesCommand } from "@aws-sdk/client-api-gateway";
import { GetApisCommand, GetStagesCommand } from "@aws-sdk/client-apigatewayv2";
import { DescribeFlowLogsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListLoggingConfigurationsCommand } from "@aws-sdk/client-wafv2";
import type { Clients } from "./clients";

/** The parts of a stage that have logging configured in the emulated AWS. */
export async function logsOf(clients: Clients, stage: string): Promise<string[]> {
  const { ec2, elb, waf } = clients;
  const { Vpcs: [vpc] = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: "tag:stage", Values: [stage] }] }),
  );
  const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({}));
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const balancers = LoadBalancers.filter(({ VpcId }) => VpcId === vpc?.VpcId);
  const logging = await Promise.all(
    balancers.map(async ({ LoadBalancerArn }) => {
      const { Attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
      return Attributes.some(({ Key, Value }) => Key === "access_logs.s3.enabled" && Value === "true");
    }),
  );
  const { LoggingConfigurations = [] } = await waf.send(new ListLoggingConfigurationsCommand({ Scope: "REGIONAL" }));
  const acls = LoggingConfigurations.filter(({ ResourceArn }) => ResourceArn?.includes(`appname-web-acl-${stage}/`));
  return [
    ...(FlowLogs.some(({ ResourceId }) => ResourceId === vpc?.VpcId) ? ["network"] : []),
    ...(await apiLogs(clients, `appname-api-${stage}`)),
    ...(logging.includes(true) ? ["load balancer"] : []),
    ...(acls.length > 0 ? ["WAF"] : []),
  ];
}

async function apiLogs({ apiGateway, apiGatewayV2 }: Clients, name: string): Promise<string[]> {
  const { items = [] } = await apiGateway.send(new GetRestApisCommand({}));
  const rest = items.find((api) => api.name === name);
  if (rest !== undefined) {
    const { item: [stage] = [] } = await apiGateway.send(new GetRestStagesCommand({ restApiId: rest.id }));
    return stage?.accessLogSettings?.destinationArn === undefined ? [] : ["API"];
  }
  const { Items = [] } = await apiGatewayV2.send(new GetApisCommand({}));
  const http = Items.find((api) => api.Name === name);
  if (http === undefined) return [];
  const { Items: [stage] = [] } = await apiGatewayV2.send(new GetStagesCommand({ ApiId: http.ApiId }));
  return stage?.AccessLogSettings?.DestinationArn === undefined ? [] : ["API"];
}
