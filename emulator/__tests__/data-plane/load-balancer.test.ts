import { request as httpRequest, type IncomingMessage } from "node:http";
import {
  CreateListenerCommand,
  CreateRuleCommand,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
  type CreateRuleCommandInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, echoCommands, echoed, type DeployedBalancer } from "./deployment";

const notFound = {
  Type: "fixed-response",
  FixedResponseConfig: { StatusCode: "404", ContentType: "application/json", MessageBody: '{"message":"Not Found"}' },
} as const;

describe("requests to load balancers", () => {
  const aws = emulatorForSuite({ commands: echoCommands });
  const deployment = new Deployment(aws);
  let balancer: DeployedBalancer;
  let targetGroup: string;
  let service: string;
  let url: string;
  const rule = (input: Partial<CreateRuleCommandInput> & { readonly Priority: number }): Promise<unknown> =>
    deployment.elb.send(
      new CreateRuleCommand({
        ListenerArn: balancer.listenerArn,
        Conditions: [],
        Actions: [{ Type: "forward", TargetGroupArn: targetGroup }],
        ...input,
      }),
    );
  const fixed = (MessageBody: string) =>
    ({ Type: "fixed-response", FixedResponseConfig: { StatusCode: "200", MessageBody } }) as const;

  beforeAll(async () => {
    balancer = await deployment.balancer("shop", [notFound]);
    url = `http://${balancer.dnsName}`;
    targetGroup = await deployment.targetGroup("echo");
    await rule({
      Priority: 10,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/orders", "/orders/*"] } }],
    });
    service = await deployment.service(targetGroup, await deployment.taskDefinition());
  });

  it("answers a request by the process of the service behind the rule that it meets", async () => {
    const response = await aws.request(`${url}/orders/7?a=1`, { method: "POST", body: "{}" });
    expect(response.headers.get("x-emulator-path")).toBe(
      `alb:shop/listener:80/rule:10/target-group:echo/service:${service}`,
    );
    const { method, url: received, body, headers } = await echoed(response);
    expect({ method, received, body }).toEqual({ method: "POST", received: "/orders/7?a=1", body: "{}" });
    expect(headers).toMatchObject({
      host: balancer.dnsName,
      "x-forwarded-for": "203.0.113.10",
      "x-forwarded-proto": "http",
      "x-forwarded-port": "80",
    });
  });

  it("passes several cookies of an answer on", async () => {
    expect((await aws.request(`${url}/orders`)).headers.getSetCookie()).toEqual(["one=1", "two=2"]);
  });

  it("is reached through the emulator's endpoint with the name of the load balancer in the header Host", async () => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(`${aws.endpoint}/orders`, { headers: { host: balancer.dnsName } }, resolve)
        .on("error", reject)
        .end();
    });
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(response.headers["x-emulator-path"]).toContain("alb:shop/listener:80/rule:10");
  });

  it("answers by the default action when the request meets no rule", async () => {
    const response = await aws.request(`${url}/unknown`);
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
    expect(response.headers.get("x-emulator-path")).toBe("alb:shop/listener:80/rule:default");
  });

  it("evaluates the rules by priority, in whatever order they were created", async () => {
    const Conditions = [{ Field: "path-pattern", Values: ["/priority"] }];
    await rule({ Priority: 30, Conditions, Actions: [fixed("second")] });
    await rule({ Priority: 20, Conditions, Actions: [fixed("first")] });
    expect(await (await aws.request(`${url}/priority`)).text()).toBe("first");
  });

  it("requires all conditions of a rule: host, header, method, query string and address", async () => {
    await rule({
      Priority: 40,
      Conditions: [
        { Field: "host-header", HostHeaderConfig: { Values: ["*.ELB.amazonaws.com"] } },
        { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Test", Values: ["ye?"] } },
        { Field: "http-request-method", HttpRequestMethodConfig: { Values: ["PUT"] } },
        { Field: "query-string", QueryStringConfig: { Values: [{ Key: "color", Value: "blu*" }] } },
        { Field: "source-ip", SourceIpConfig: { Values: ["198.51.100.0/24"] } },
      ],
      Actions: [fixed("all")],
    });
    const matching = { method: "PUT", headers: { "x-test": "yes" }, sourceIp: "198.51.100.7" };
    const status = async (query: string, change: object): Promise<number> =>
      (await aws.request(`${url}/conditions?${query}`, { ...matching, ...change })).status;
    expect(await status("color=blue", {})).toBe(200);
    expect(await status("color=red", {})).toBe(404);
    expect(await status("color=blue", { method: "POST" })).toBe(404);
    expect(await status("color=blue", { headers: { "x-test": "yeah" } })).toBe(404);
    expect(await status("color=blue", { headers: {} })).toBe(404);
    expect(await status("color=blue", { sourceIp: "203.0.113.10" })).toBe(404);
  });

  it("redirects, and keeps what the action does not name", async () => {
    await rule({
      Priority: 50,
      Conditions: [{ Field: "path-pattern", Values: ["/old/*"] }],
      Actions: [{ Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" } }],
    });
    const response = await aws.request(`${url}/old/a?b=c`);
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe(`https://${balancer.dnsName}:443/old/a?b=c`);
  });

  it("divides requests between target groups by their weights", async () => {
    const alternate = await deployment.targetGroup("alternate");
    await rule({
      Priority: 60,
      Conditions: [{ Field: "path-pattern", Values: ["/weighted"] }],
      Actions: [
        {
          Type: "forward",
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: targetGroup, Weight: 3 },
              { TargetGroupArn: alternate, Weight: 1 },
            ],
          },
        },
      ],
    });
    const responses = await Promise.all(Array.from({ length: 8 }, () => aws.request(`${url}/weighted`)));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 503, 503]);
  });

  it("answers 503 when the target group has no registered targets", async () => {
    const empty = await deployment.targetGroup("empty");
    await rule({
      Priority: 70,
      Conditions: [{ Field: "path-pattern", Values: ["/empty"] }],
      Actions: [{ Type: "forward", TargetGroupArn: empty }],
    });
    const response = await aws.request(`${url}/empty`);
    expect(response.status).toBe(503);
    expect(response.headers.get("x-emulator-reason")).toBe("the target group has no registered targets");
  });

  it("answers 504 when the process does not answer within the idle timeout", async () => {
    await deployment.elb.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn: balancer.arn,
        Attributes: [{ Key: "idle_timeout.timeout_seconds", Value: "1" }],
      }),
    );
    await rule({ Priority: 85, Conditions: [{ Field: "path-pattern", Values: ["/hang"] }] });
    expect((await aws.request(`${url}/hang`)).status).toBe(504);
  });

  it("forwards a request through a Network Load Balancer to an Application Load Balancer", async () => {
    const group = await deployment.targetGroup("to-alb", { TargetType: "alb", Protocol: "TCP", Port: 80 });
    await deployment.elb.send(
      new RegisterTargetsCommand({ TargetGroupArn: group, Targets: [{ Id: balancer.arn, Port: 80 }] }),
    );
    const network = await deployment.balancer("entry", [{ Type: "forward", TargetGroupArn: group }], {
      type: "network",
    });
    const response = await aws.request(`http://${network.dnsName}/orders`);
    expect(response.headers.get("x-emulator-path")).toBe(
      `nlb:entry/listener:80/target-group:to-alb/alb:shop/listener:80/rule:10/target-group:echo/service:${service}`,
    );
  });

  it("answers 504 on a port without a listener, and takes the port from the URL", async () => {
    expect((await aws.request(`${url}:8443/orders`)).status).toBe(504);
    await deployment.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer.arn,
        Port: 8443,
        Protocol: "HTTP",
        DefaultActions: [fixed("on 8443")],
      }),
    );
    expect(await (await aws.request(`${url}:8443/orders`)).text()).toBe("on 8443");
  });
});
