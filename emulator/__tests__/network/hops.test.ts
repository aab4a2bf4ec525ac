import type { Hop } from "../../data-plane/hop";
import { internalRequest } from "../../proxy/call";
import { networkHops } from "../../network/hops";
import { jsonReply } from "../../wire/reply";
import { answering, loadBalancer, rule, rules, service } from "./recorded";

const toService: Hop = {
  scope: { account: "111122223333", region: "us-east-1" },
  from: { kind: "load-balancer", arn: loadBalancer },
  to: { kind: "ecs-service", arn: service },
  port: 8080,
};
const toBalancer = (sourceIp: string): Hop => ({
  ...toService,
  from: { kind: "internet", sourceIp },
  to: { kind: "load-balancer", arn: loadBalancer },
  port: 443,
});
const withRules = (...SecurityGroupRules: ReturnType<typeof rule>[]) =>
  answering({ "ec2 DescribeSecurityGroupRules": { SecurityGroupRules } });

test("a hop that was refused is allowed as soon as a rule allows it", async () => {
  let ask = withRules(...rules.filter((each) => each.GroupId !== "sg-task"));
  const { hopAllowed } = networkHops({ ask: (_, service, operation, input) => ask(service, operation, input ?? {}) });
  expect(await hopAllowed(toService)).toBe(`no ingress rule of ${service} allows it`);
  ask = answering();
  expect(await hopAllowed(toService)).toBeUndefined();
});

test("a network is read once until a call to one of its services may change it", async () => {
  const asked: string[] = [];
  const { hopAllowed, layer } = networkHops({
    ask: (_, service, operation, input) => {
      asked.push(operation);
      return answering()(service, operation, input ?? {});
    },
  });
  const count = async () => {
    await hopAllowed(toService);
    return asked.filter((operation) => operation === "DescribeVpcs").length;
  };
  const pass = (service: string, operation: string, region = "us-east-1") => {
    const call = { service, account: "111122223333", region, body: `Action=${operation}` };
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return layer(internalRequest({ ...call, headers }), () => Promise.resolve(jsonReply({})));
  };
  expect([await count(), await count()]).toEqual([1, 1]);
  await pass("ec2", "DescribeVpcs");
  await pass("sqs", "CreateQueue");
  await pass("ec2", "RevokeSecurityGroupIngress", "eu-west-1");
  expect(await count()).toBe(1);
  await pass("ec2", "RevokeSecurityGroupIngress");
  expect(await count()).toBe(2);
});

test("a client on this machine is one of the internet, any other has its address", async () => {
  const range = rule("sg-lb", false, 443, { CidrIpv4: "198.51.100.0/24" });
  const isOpenTo = async (sourceIp: string, ask = answering()) =>
    (await networkHops({ ask: (_, service, operation, input) => ask(service, operation, input ?? {}) }).hopAllowed(
      toBalancer(sourceIp),
    )) === undefined;
  expect(await isOpenTo("127.0.0.1")).toBe(true);
  expect(await isOpenTo("127.0.0.1", withRules(range))).toBe(false);
  expect(await isOpenTo("198.51.100.7", withRules(range))).toBe(true);
  expect(await isOpenTo("203.0.113.7", withRules(range))).toBe(false);
});
