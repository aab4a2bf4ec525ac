import { APIGatewayClient, CreateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client, CreateApiCommand } from "@aws-sdk/client-apigatewayv2";
import { CognitoIdentityProviderClient, CreateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  AssociateWebACLCommand,
  CreateIPSetCommand,
  CreateRegexPatternSetCommand,
  CreateRuleGroupCommand,
  CreateWebACLCommand,
  DeleteIPSetCommand,
  DeleteRegexPatternSetCommand,
  DeleteRuleGroupCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  UpdateIPSetCommand,
  UpdateWebACLCommand,
  WAFV2Client,
  type Rule,
  type Statement,
} from "@aws-sdk/client-wafv2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc, idOf } from "./network";

const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "metric" };
const inUse = "WAFAssociatedItemException";

describe("AWS WAF", () => {
  const aws = emulatorForSuite();
  const Scope = "REGIONAL";
  let waf: WAFV2Client;
  let count = 0;
  beforeAll(() => {
    waf = new WAFV2Client(aws.client());
  });

  it("refuses what protects CloudFront outside of us-east-1 [waf-scope-region]", async () => {
    const create = (region: string, Name: string, scope: "CLOUDFRONT" | "REGIONAL") =>
      new WAFV2Client(aws.client(region)).send(
        new CreateIPSetCommand({ Name, Scope: scope, IPAddressVersion: "IPV4", Addresses: [] }),
      );
    expect(await refusal(create("eu-west-1", "edge", "CLOUDFRONT"))).toBe("WAFInvalidParameterException");
    expect(await refusal(create("us-east-1", "edge", "CLOUDFRONT"))).toBe("");
    expect(await refusal(create("eu-west-1", "edge", "REGIONAL"))).toBe("");
  });

  const webAcl = async (Rules: Rule[] = [], Name = `acl-${++count}`) => {
    const command = new CreateWebACLCommand({ Name, Scope, DefaultAction: { Allow: {} }, VisibilityConfig, Rules });
    const { Id, LockToken, ARN } = (await waf.send(command)).Summary ?? {};
    return { Name, Scope, Id, LockToken, ARN } as const;
  };
  const ipSet = async (Name = `set-${++count}`) => {
    const command = new CreateIPSetCommand({ Name, Scope, IPAddressVersion: "IPV4", Addresses: [] });
    const { Id, LockToken, ARN } = (await waf.send(command)).Summary ?? {};
    return { Name, Scope, Id, LockToken, ARN } as const;
  };
  const rule = (statement: Statement, name = "rule", Priority = 1): Rule => ({
    Name: name,
    Priority,
    Statement: statement,
    VisibilityConfig,
    ...(statement.RuleGroupReferenceStatement ? { OverrideAction: { None: {} } } : { Action: { Block: {} } }),
  });
  const fromIpSet = (ARN: string | undefined): Statement => ({ IPSetReferenceStatement: { ARN } });
  const associate = (WebACLArn: string | undefined, ResourceArn: string) =>
    refusal(waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn })));
  const deleteAcl = ({ Name, Id, LockToken }: Awaited<ReturnType<typeof webAcl>>) =>
    refusal(waf.send(new DeleteWebACLCommand({ Name, Scope, Id, LockToken })));
  const loadBalancer = async (): Promise<string> => {
    const ec2 = new EC2Client(aws.client());
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    const vpcId = await createVpc(ec2);
    const Subnets = [await createSubnet(ec2, vpcId, 1, "us-east-1a"), await createSubnet(ec2, vpcId, 2, "us-east-1b")];
    const command = new CreateLoadBalancerCommand({ Name: `lb-${++count}`, Scheme: "internal", Subnets });
    return idOf((await elb.send(command)).LoadBalancers?.[0]?.LoadBalancerArn);
  };

  it("refuses a second web ACL of a name [web-acl-name-in-use]", async () => {
    const acl = await webAcl([], "one");
    expect(await refusal(webAcl([], "one"))).toBe("WAFDuplicateItemException");
    await deleteAcl(acl);
    expect(await refusal(webAcl([], "one"))).toBe("");
  });

  it("refuses a second IP set of a name [ip-set-name-in-use]", async () => {
    const { Name, Id, LockToken } = await ipSet("one");
    expect(await refusal(ipSet("one"))).toBe("WAFDuplicateItemException");
    await waf.send(new DeleteIPSetCommand({ Name, Scope, Id, LockToken }));
    expect(await refusal(ipSet("one"))).toBe("");
  });

  it("refuses a second regex pattern set of a name [regex-pattern-set-name-in-use]", async () => {
    const create = (Name: string) =>
      waf.send(new CreateRegexPatternSetCommand({ Name, Scope, RegularExpressionList: [{ RegexString: "a" }] }));
    await create("one");
    expect(await refusal(create("one"))).toBe("WAFDuplicateItemException");
    expect(await refusal(create("another"))).toBe("");
  });

  it("refuses a second rule group of a name [rule-group-name-in-use]", async () => {
    const create = (Name: string) =>
      waf.send(new CreateRuleGroupCommand({ Name, Scope, Capacity: 10, VisibilityConfig }));
    await create("one");
    expect(await refusal(create("one"))).toBe("WAFDuplicateItemException");
    expect(await refusal(create("another"))).toBe("");
  });

  it("refuses two rules of one priority or name [waf-rule-twice]", async () => {
    const { ARN } = await ipSet();
    const first = rule(fromIpSet(ARN));
    expect(await refusal(webAcl([first, rule(fromIpSet(ARN), "other")]))).toBe("WAFInvalidParameterException");
    expect(await refusal(webAcl([first, rule(fromIpSet(ARN), "rule", 2)]))).toBe("WAFInvalidParameterException");
    expect(await refusal(webAcl([first, rule(fromIpSet(ARN), "other", 2)]))).toBe("");
  });

  it("refuses a rule that refers to an unknown IP set [waf-reference-unknown]", async () => {
    const { ARN } = await ipSet();
    const unknown = ARN?.replace(/.{4}$/, "0000");
    const nested: Statement = { NotStatement: { Statement: fromIpSet(unknown) } };
    expect(await refusal(webAcl([rule(fromIpSet(unknown))]))).toBe("WAFNonexistentItemException");
    expect(await refusal(webAcl([rule(nested)]))).toBe("WAFNonexistentItemException");
    expect(await refusal(webAcl([rule({ NotStatement: { Statement: fromIpSet(ARN) } })]))).toBe("");
  });

  it("refuses to delete an IP set of a rule [ip-set-referenced]", async () => {
    const { ARN, Name, Id, LockToken } = await ipSet();
    const acl = await webAcl([rule({ NotStatement: { Statement: fromIpSet(ARN) } })]);
    const remove = () => refusal(waf.send(new DeleteIPSetCommand({ Name, Scope, Id, LockToken })));
    expect(await remove()).toBe(inUse);
    await deleteAcl(acl);
    expect(await remove()).toBe("");
  });

  it("refuses to delete a regex pattern set of a rule [regex-pattern-set-referenced]", async () => {
    const Name = "referenced";
    const command = new CreateRegexPatternSetCommand({ Name, Scope, RegularExpressionList: [{ RegexString: "a" }] });
    const { ARN, Id, LockToken } = (await waf.send(command)).Summary ?? {};
    const statement = {
      RegexPatternSetReferenceStatement: {
        ARN,
        FieldToMatch: { UriPath: {} },
        TextTransformations: [{ Priority: 0, Type: "NONE" as const }],
      },
    };
    const acl = await webAcl([rule(statement)]);
    const remove = () => refusal(waf.send(new DeleteRegexPatternSetCommand({ Name, Scope, Id, LockToken })));
    expect(await remove()).toBe(inUse);
    await deleteAcl(acl);
    expect(await remove()).toBe("");
  });

  it("refuses to delete a rule group of a web ACL [rule-group-referenced]", async () => {
    const Name = "referenced";
    const { Summary } = await waf.send(new CreateRuleGroupCommand({ Name, Scope, Capacity: 10, VisibilityConfig }));
    const { ARN, Id, LockToken } = Summary ?? {};
    const acl = await webAcl([rule({ RuleGroupReferenceStatement: { ARN } })]);
    const remove = () => refusal(waf.send(new DeleteRuleGroupCommand({ Name, Scope, Id, LockToken })));
    expect(await remove()).toBe(inUse);
    await deleteAcl(acl);
    expect(await remove()).toBe("");
  });

  it("refuses a web ACL on an HTTP API [web-acl-of-unprotectable]", async () => {
    const { ARN } = await webAcl();
    const command = new CreateApiCommand({ Name: "http", ProtocolType: "HTTP" });
    const { ApiId } = await new ApiGatewayV2Client(aws.client()).send(command);
    const stage = `arn:aws:apigateway:us-east-1::/apis/${ApiId}/stages/$default`;
    expect(await associate(ARN, stage)).toBe("WAFInvalidParameterException");
  });

  it("refuses a web ACL on what does not exist [web-acl-of-unknown]", async () => {
    const { ARN } = await webAcl();
    const { id } = await new APIGatewayClient(aws.client()).send(new CreateRestApiCommand({ name: "rest" }));
    expect(await associate(ARN, `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/absent`)).toBe(
      "WAFNonexistentItemException",
    );
    const balancer = await loadBalancer();
    expect(await associate(ARN, `${balancer}0`)).toBe("WAFNonexistentItemException");
    expect(await associate(ARN, balancer)).toBe("");
    const cognito = new CognitoIdentityProviderClient(aws.client());
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "pool" }));
    expect(await associate(ARN, idOf(UserPool?.Arn))).toBe("");
  });

  it("refuses to delete a web ACL that protects a resource [web-acl-associated]", async () => {
    const [acl, other] = [await webAcl(), await webAcl()];
    const ResourceArn = await loadBalancer();
    await associate(acl.ARN, ResourceArn);
    expect(await deleteAcl(acl)).toBe(inUse);
    await waf.send(new DisassociateWebACLCommand({ ResourceArn }));
    expect(await deleteAcl(acl)).toBe("");
    await associate(other.ARN, ResourceArn);
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: ResourceArn }));
    expect(await deleteAcl(other)).toBe("");
  });

  it("refuses a lock token that is stale [lock-token-stale]", async () => {
    const { Name, Id, LockToken } = await webAcl();
    const update = (token: string | undefined) =>
      refusal(
        waf.send(
          new UpdateWebACLCommand({
            Name,
            Scope,
            Id,
            LockToken: token,
            DefaultAction: { Block: {} },
            VisibilityConfig,
          }),
        ),
      );
    expect([await update(LockToken), await update(LockToken)]).toEqual(["", "WAFOptimisticLockException"]);
    expect(await refusal(waf.send(new DeleteWebACLCommand({ Name, Scope, Id, LockToken })))).toBe(
      "WAFOptimisticLockException",
    );
    const current = await waf.send(new GetWebACLCommand({ Name, Scope, Id }));
    expect(await update(current.LockToken)).toBe("");
    const set = await ipSet();
    const updateSet = () => {
      const input = {
        Name: set.Name,
        Scope,
        Id: set.Id,
        LockToken: set.LockToken,
        Addresses: ["192.0.2.1/32"],
      } as const;
      return refusal(waf.send(new UpdateIPSetCommand({ ...input, Addresses: [...input.Addresses] })));
    };
    expect([await updateSet(), await updateSet()]).toEqual(["", "WAFOptimisticLockException"]);
  });
});
