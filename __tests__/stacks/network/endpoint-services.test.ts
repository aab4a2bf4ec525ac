import type { StageInput } from "../../../schema";
import { endpointServices } from "../../../stacks/network/vpc-endpoints";
import { minimalJob, minimalService, minimalWorker, openNetwork, stackWith, stageWith } from "../../fixtures/stage";

const secret = { secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf" };
const parameter = { parameterArn: "arn:aws:ssm:us-east-1:111122223333:parameter/shop/stripe" };
const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/copied:1";
const data = {
  queues: { letters: { keep: true } },
  tables: { users: { keep: true, partitionKey: { name: "id", type: "string" as const } } },
};
const always = ["ecr.api", "ecr.dkr", "logs"];

const needed = (services: StageInput["services"] = {}) =>
  endpointServices(stageWith({ data, services: { orders: minimalService, ...services } }));
const mail = (fields: object) => needed({ mail: { ...minimalWorker, ...fields } }).interfaces;

describe("the endpoints of a stage", () => {
  it("are those of Fargate while no service needs more", () => {
    expect(needed()).toEqual({ interfaces: always, gateways: ["s3"] });
  });

  it.each([
    ["sqs", "a worker empties a queue", { queue: "letters" }],
    ["sqs", "a service fills one", { uses: ["queue:letters"] }],
    ["secretsmanager", "a secret is fetched", { secrets: { KEY: secret } }],
    [
      "secretsmanager",
      "a sidecar's secret is",
      { sidecars: { one: { image, memoryMiB: 64, secrets: { KEY: secret } } } },
    ],
    ["ssm", "a parameter is fetched", { secrets: { KEY: parameter } }],
    ["ssmmessages", "a task can be entered", { enableExecuteCommand: true, readonlyRootFilesystem: false }],
    ["xray", "traces are sent", { telemetry: { image } }],
  ])("have %s when %s", (service, _, fields) => {
    expect(mail(fields)).toEqual([...always, service]);
  });

  it("have a gateway to tables when a service uses one", () => {
    expect(needed({ sweep: { ...minimalJob, uses: ["table:users"] } })).toEqual({
      interfaces: always,
      gateways: ["s3", "dynamodb"],
    });
  });
});

describe("the connection to the tables", () => {
  const services = {
    orders: { ...minimalService, uses: ["table:users"] },
    mail: minimalWorker,
  };
  const wayTo = (stack: ReturnType<typeof stackWith>, service: string) =>
    stack.resource(`aws_vpc_security_group_egress_rule.services_${service}_to_dynamodb_tcp_443`);

  it.each([
    ["vpc-endpoints", stackWith({ data, services }), "private"],
    ["nat-gateway", stackWith({ data, services, network: openNetwork }), "private"],
  ])("uses the gateway endpoint of the tasks' route tables with %s", (_, stack, tier) => {
    const { route_table_ids: tables } = stack.resource("aws_vpc_endpoint.network_dynamodb") ?? {};
    expect(tables).toEqual(stack.resource("aws_vpc_endpoint.network_s3")?.route_table_ids);
    expect(JSON.stringify(tables)).toContain(`aws_route_table.network_${tier}`);
  });

  it("is allowed only to the services that use one", () => {
    const stack = stackWith({ data, services });
    expect(wayTo(stack, "orders")).toMatchObject({
      prefix_list_id: "${aws_vpc_endpoint.network_dynamodb.prefix_list_id}",
      from_port: 443,
      to_port: 443,
    });
    expect(wayTo(stack, "mail")).toBeUndefined();
  });
});
