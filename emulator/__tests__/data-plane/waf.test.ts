import {
  AssociateWebACLCommand,
  CreateIPSetCommand,
  CreateWebACLCommand,
  WAFV2Client,
  type Rule,
} from "@aws-sdk/client-wafv2";
import { emulatorForSuite } from "../running-emulator";
import { Deployment } from "./deployment";

const visibility = (MetricName: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName,
});
const asItIs = [{ Priority: 0, Type: "NONE" as const }];

describe("requests to a load balancer with a web ACL", () => {
  const aws = emulatorForSuite();
  let url = "";
  const status = async (path: string, options = {}): Promise<number> =>
    (await aws.request(`${url}${path}`, options)).status;

  beforeAll(async () => {
    const client = new WAFV2Client(aws.client());
    const balancer = await new Deployment(aws).balancer("shop", [
      { Type: "fixed-response", FixedResponseConfig: { StatusCode: "200" } },
    ]);
    url = `http://${balancer.dnsName}`;
    const addresses = await client.send(
      new CreateIPSetCommand({
        Name: "blocked",
        Scope: "REGIONAL",
        IPAddressVersion: "IPV4",
        Addresses: ["198.51.100.0/24"],
      }),
    );
    const rule = (Name: string, Priority: number, Statement: Rule["Statement"], Action: Rule["Action"]): Rule => ({
      Name,
      Priority,
      Statement,
      Action,
      VisibilityConfig: visibility(Name),
    });
    const tooMany = { Block: { CustomResponse: { ResponseCode: 429 } } };
    const acl = await client.send(
      new CreateWebACLCommand({
        Name: "shop",
        Scope: "REGIONAL",
        DefaultAction: { Allow: {} },
        VisibilityConfig: visibility("shop"),
        Rules: [
          rule("rate", 3, { RateBasedStatement: { Limit: 10, AggregateKeyType: "IP" } }, tooMany),
          rule("addresses", 1, { IPSetReferenceStatement: { ARN: addresses.Summary?.ARN } }, { Block: {} }),
          rule(
            "size",
            2,
            {
              SizeConstraintStatement: {
                FieldToMatch: { QueryString: {} },
                ComparisonOperator: "GT",
                Size: 20,
                TextTransformations: asItIs,
              },
            },
            { Block: {} },
          ),
          rule("countries", 4, { GeoMatchStatement: { CountryCodes: ["AQ"] } }, { Block: {} }),
        ],
      }),
    );
    await client.send(new AssociateWebACLCommand({ WebACLArn: acl.Summary?.ARN, ResourceArn: balancer.arn }));
  });

  it("are blocked from the addresses of an IP set", async () => {
    const response = await aws.request(url, { sourceIp: "198.51.100.7" });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-emulator-reason")).toBe("the web ACL shop blocks the request (addresses)");
    expect(await status("/", { sourceIp: "198.51.101.7" })).toBe(200);
  });

  it("are blocked by the size of a part", async () => {
    expect(await status("/?short")).toBe(200);
    expect(await status(`/?${"long".repeat(6)}`)).toBe(403);
  });

  it("name the rules that the emulator does not evaluate", async () => {
    expect((await aws.request(url)).headers.get("x-emulator-not-evaluated")).toBe("the WAF rule countries");
  });

  it("are blocked with the rule's own status above the rate of an address", async () => {
    const sourceIp = "192.0.2.1";
    const statuses = [];
    for (let count = 0; count < 11; count++) statuses.push(await status("/", { sourceIp }));
    expect(statuses.at(9)).toBe(200);
    expect(statuses.at(10)).toBe(429);
    expect(await status("/", { sourceIp: "192.0.2.2" })).toBe(200);
  });
});
