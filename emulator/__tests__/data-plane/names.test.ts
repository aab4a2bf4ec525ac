import { request as httpRequest, type IncomingMessage } from "node:http";
import {
  CreateListenerCommand,
  CreateRuleCommand,
  type Action,
  type ActionTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  Route53Client,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, type DeployedBalancer } from "./deployment";

const fixed = (MessageBody: string): Action => ({
  Type: "fixed-response",
  FixedResponseConfig: { StatusCode: "200", MessageBody },
});

describe("the names of requests", () => {
  const aws = emulatorForSuite({ hostedZones: ["example.com"] });
  const deployment = new Deployment(aws);
  let balancer: DeployedBalancer;
  let secureListenerArn: string;
  const record = async (zone: string, ResourceRecordSet: ResourceRecordSet): Promise<unknown> =>
    new Route53Client(aws.client()).send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zone,
        ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet }] },
      }),
    );
  const alias = (Name: string): ResourceRecordSet => ({
    Name,
    Type: "A",
    AliasTarget: { DNSName: balancer.dnsName, HostedZoneId: "Z35SXDOTRQ7X7K", EvaluateTargetHealth: false },
  });
  const throughEndpoint = (headers: Readonly<Record<string, string>>): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${aws.endpoint}/`, { headers }, (response) => {
        response.resume();
        resolve(response);
      });
      outgoing.on("error", reject).end();
    });

  beforeAll(async () => {
    balancer = await deployment.balancer("shop", [fixed("on 80")]);
    const zone = await deployment.zone("example.com.");
    const { Listeners } = await deployment.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer.arn,
        Port: 443,
        Protocol: "HTTPS",
        Certificates: [{ CertificateArn: await deployment.certificate("shop.example.com", "example.com.") }],
        DefaultActions: [fixed("on 443")],
      }),
    );
    secureListenerArn = Listeners?.[0]?.ListenerArn ?? "";
    await record(zone, alias("shop.example.com"));
    await record(zone, alias("*.wild.example.com"));
    const ResourceRecords = [{ Value: "shop.example.com" }];
    await record(zone, { Name: "www.example.com", Type: "CNAME", TTL: 60, ResourceRecords });
  });

  it("follow aliases, CNAMEs and wildcards of hosted zones to a load balancer", async () => {
    for (const name of ["shop.example.com", "www.example.com", "any.wild.example.com"]) {
      expect(await (await aws.request(`http://${name}/`)).text()).toBe("on 80");
    }
    const { headers } = await aws.request("http://www.example.com/");
    expect(headers.get("x-emulator-path")).toBe(
      "record:www.example.com/record:shop.example.com/alb:shop/listener:80/rule:default",
    );
  });

  it("do not follow records of private hosted zones", async () => {
    const VPC = { VPCRegion: "us-east-1" as const, VPCId: await deployment.vpc() };
    const { HostedZone } = await new Route53Client(aws.client()).send(
      new CreateHostedZoneCommand({
        Name: "inner.test",
        CallerReference: "1",
        VPC,
        HostedZoneConfig: { PrivateZone: true },
      }),
    );
    await record(HostedZone?.Id?.replace("/hostedzone/", "") ?? "", alias("shop.inner.test"));
    expect((await aws.request("http://shop.inner.test/")).status).toBe(404);
  });

  it("select the listener by the URL's port, the Host header's port, or x-forwarded-proto", async () => {
    expect(await (await aws.request(`https://${balancer.dnsName}/`)).text()).toBe("on 443");
    const pathOf = async (headers: Readonly<Record<string, string>>): Promise<unknown> =>
      (await throughEndpoint(headers)).headers["x-emulator-path"];
    expect(await pathOf({ host: "shop.example.com" })).toContain("listener:80");
    expect(await pathOf({ host: "shop.example.com:443" })).toContain("listener:443");
    expect(await pathOf({ host: "shop.example.com", "x-forwarded-proto": "https" })).toContain("listener:443");
  });

  it("leave requests with other names to the AWS calls", async () => {
    expect((await throughEndpoint({ host: "unknown.example.org" })).headers).not.toHaveProperty("x-emulator-path");
  });

  it("send users without a session to the domain of their user pool", async () => {
    const authenticate: Action = {
      Type: "authenticate-cognito" satisfies ActionTypeEnum,
      Order: 1,
      AuthenticateCognitoConfig: {
        UserPoolArn: "arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_abc",
        UserPoolClientId: "client",
        UserPoolDomain: "shop-dev01",
      },
    };
    await deployment.elb.send(
      new CreateRuleCommand({
        ListenerArn: secureListenerArn,
        Priority: 1,
        Conditions: [{ Field: "path-pattern", Values: ["/mine"] }],
        Actions: [authenticate, { ...fixed("signed in"), Order: 2 }],
      }),
    );
    const response = await aws.request(`https://${balancer.dnsName}/mine`);
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get("location") ?? "");
    expect(location.origin + location.pathname).toBe(
      "https://shop-dev01.auth.us-east-1.amazoncognito.com/oauth2/authorize",
    );
    expect(location.searchParams.get("client_id")).toBe("client");
    expect(location.searchParams.get("redirect_uri")).toBe(`https://${balancer.dnsName}/oauth2/idpresponse`);
  });
});
