import * as naming from "../../stacks/naming";

const stage = { app: "appname", stage: "dev02", region: "us-east-1" } as const;
const long = { app: "a".repeat(24), stage: "s".repeat(12), region: "ap-southeast-1" } as const;
const service = "b".repeat(24);

describe("the names", () => {
  it("are those that pipelines use", () => {
    expect(naming.clusterName(stage)).toBe("appname-ecs-cluster-dev02");
    expect(naming.serviceName(stage, "appname")).toBe("appname-ecs-service-dev02");
    expect(naming.repositoryName(stage, "appname")).toBe("appname-dev02-image");
    expect(naming.imageVariable("order-items")).toBe("order_items_image");
  });

  it("of roles contain the region, because IAM is global", () => {
    expect(naming.roleName(stage, "orders-task")).not.toBe(
      naming.roleName({ ...stage, region: "eu-west-1" }, "orders-task"),
    );
  });

  it("of roles stay within IAM's 64 characters, and are unique", () => {
    const one = naming.roleName(long, `${service}-execution`);
    const other = naming.roleName({ ...long, region: "ap-southeast-2" }, `${service}-execution`);
    expect(one).toHaveLength(64);
    expect(other).toHaveLength(64);
    expect(one).not.toBe(other);
  });

  it("of load balancers and target groups leave room for the 26 characters that Terraform adds", () => {
    for (const role of [service, "abcd-efgh", "a"]) {
      expect(naming.loadBalancerNamePrefix(role).length).toBeLessThanOrEqual(6);
      expect(naming.loadBalancerNamePrefix(role)).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]-$|^[a-z]-$/);
    }
  });

  it("stay within AWS's limits at their longest", () => {
    expect(naming.clusterName(long).length).toBeLessThanOrEqual(255);
    expect(naming.serviceName(long, service).length).toBeLessThanOrEqual(255);
    expect(naming.repositoryName(long, service)).toMatch(/^[a-z0-9-]{2,256}$/);
    expect(naming.securityGroupPrefix(long, service).length).toBeLessThanOrEqual(255 - 26);
  });
});
