import { stageVariants } from "../fixtures/stage-variants";
import { Synthesized } from "../fixtures/synthesized";
import { awsKeysOf } from "./aws-keys/keys";
import { awsKeys } from "./aws-keys/table";

// Between two addresses Terraform has no order: when a change moves what AWS identifies by a key from one address to
// another, it creates the new resource while the old one still exists, or destroys the old one after an overwrite.

const stacks = [...stageVariants].map(([name, stage]) => ({ name, terraform: new Synthesized(stage).json }));

/** The addresses of each key in all stacks, each address with the first stage that has it. */
const owners = new Map<string, Map<string, string>>();
for (const { name, terraform } of stacks) {
  for (const [address, key] of awsKeysOf(terraform)) {
    const addresses = owners.get(key) ?? new Map<string, string>();
    if (!addresses.has(address)) addresses.set(address, name);
    owners.set(key, addresses);
  }
}

/** Keys that a change moves from one address to another, which then takes two applies. */
const expectedAtTwoAddresses: readonly string[] = [
  // A domain's name that becomes the host of a route of another name: AWS refuses the second record of the name.
  "aws_route53_record.ingress_domain_host_api_example_com_a, aws_route53_record.ingress_domain_main_a",
];

describe("what AWS identifies by a key", () => {
  it("is declared for every type of resource", () => {
    const types = new Set(stacks.flatMap(({ terraform }) => Object.keys(terraform.resource)));
    expect([...types].filter((type) => awsKeys[type] === undefined)).toEqual([]);
  });

  it("has one address within a stack", () => {
    for (const { name, terraform } of stacks) {
      const keys = [...awsKeysOf(terraform).values()];
      expect({ name, twice: keys.filter((key, index) => keys.indexOf(key) !== index) }).toEqual({ name, twice: [] });
    }
  });

  it("has one address in all variants of a stage, which may follow one another", () => {
    const atTwoAddresses = [...owners].filter(([, addresses]) => addresses.size > 1);
    const unexpected = atTwoAddresses.filter(([, addresses]) => !expectedAtTwoAddresses.includes(textOf(addresses)));
    expect(unexpected.map(([key, addresses]) => ({ key, addresses: Object.fromEntries(addresses) }))).toEqual([]);
    const found = new Set(atTwoAddresses.map(([, addresses]) => textOf(addresses)));
    expect(expectedAtTwoAddresses.filter((each) => !found.has(each))).toEqual([]);
  });
});

function textOf(addresses: ReadonlyMap<string, string>): string {
  return [...addresses.keys()].toSorted().join(", ");
}
