import { objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, type DocumentCheck, type Refusal } from "../document";
import { invalid } from "./invalid";

/** The resource type of the tags with which an operation creates a resource. */
const types: Readonly<Record<string, readonly string[]>> = {
  AllocateAddress: ["elastic-ip"],
  CreateEgressOnlyInternetGateway: ["egress-only-internet-gateway"],
  CreateFlowLogs: ["vpc-flow-log"],
  CreateInternetGateway: ["internet-gateway"],
  CreateKeyPair: ["key-pair"],
  CreateNatGateway: ["natgateway", "elastic-ip"],
  CreateNetworkAcl: ["network-acl"],
  CreateNetworkInterface: ["network-interface"],
  CreateRouteTable: ["route-table"],
  CreateSecurityGroup: ["security-group"],
  CreateSubnet: ["subnet"],
  CreateVpc: ["vpc"],
  CreateVpcEndpoint: ["vpc-endpoint"],
  ImportKeyPair: ["key-pair"],
};

/** Tags that are added to resources. */
const addedTags: DocumentCheck = {
  service: "ec2",
  operations: ["CreateTags"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html",
  check: ({ Tags }) => wrongTags(objects(Tags)),
};

/** Tags of resources that are created. */
const createdTags: readonly DocumentCheck[] = Object.entries(types).map(([operation, allowed]) => ({
  service: "ec2",
  operations: [operation],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TagSpecification.html",
  check: ({ TagSpecifications }) => {
    for (const { ResourceType, Tags } of objects(TagSpecifications)) {
      if (!allowed.includes(text(ResourceType))) {
        return invalid(`'${text(ResourceType)}' is not a valid taggable resource type for this operation.`);
      }
      const refusal = wrongTags(objects(Tags));
      if (refusal) return refusal;
    }
    return undefined;
  },
}));

/** Keys and values of tags. */
export const tags: readonly DocumentCheck[] = [addedTags, ...createdTags];

function wrongTags(all: readonly JsonObject[]): Refusal | undefined {
  const keys = all.map(({ Key }) => text(Key));
  const twice = firstDuplicate(keys);
  if (twice !== undefined) return invalid(`Duplicate tag key '${twice}' specified.`);
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Tag.html
  if (keys.some((key) => key.length > 127)) return invalid("Tag key exceeds the maximum length of 127 characters");
  return all.some(({ Value }) => text(Value).length > 256)
    ? invalid("Tag value exceeds the maximum length of 256 characters")
    : undefined;
}
