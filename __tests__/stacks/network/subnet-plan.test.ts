import { Address4 } from "ip-address";
import { subnetCidr, type Tier } from "../../../stacks/network/subnet-plan";

const tiers: Tier[] = ["private", "public", "isolated"];
const letters = ["a", "b", "c", "d", "e", "f", "g", "h"];

describe("the plan of subnets", () => {
  it("gives a /16 subnets of /21, by tier and by the zone's letter", () => {
    expect(subnetCidr("10.20.0.0/16", "private", "us-east-1a")).toBe("10.20.0.0/21");
    expect(subnetCidr("10.20.0.0/16", "private", "us-east-1b")).toBe("10.20.8.0/21");
    expect(subnetCidr("10.20.0.0/16", "public", "us-east-1a")).toBe("10.20.64.0/21");
    expect(subnetCidr("10.20.0.0/16", "isolated", "us-east-1c")).toBe("10.20.144.0/21");
  });

  it.each(["10.20.0.0/16", "172.16.4.0/22", "192.168.2.0/23", "10.255.0.0/16"])("cuts %s without overlap", (vpc) => {
    const subnets = tiers.flatMap((tier) =>
      letters.map((letter) => new Address4(subnetCidr(vpc, tier, `x-${letter}`))),
    );
    const starts = subnets.map((subnet) => subnet.startAddress().bigInt());
    expect(new Set(starts).size).toBe(subnets.length);
    for (const subnet of subnets) {
      expect(subnet.correctForm()).toBe(subnet.startAddress().correctForm());
      expect(subnet.isInSubnet(new Address4(vpc))).toBe(true);
      expect(subnet.subnetMask).toBeLessThanOrEqual(28);
    }
  });
});
