import type { Handler, Handlers } from "../../proxy/gap";
import { canonicalBlock } from "../../wire/ipv4";

/** Operations that take IPv4 blocks with host bits, and have no other handler. */
const operations = [
  "CreateVpc",
  "AssociateVpcCidrBlock",
  "CreateSubnet",
  "CreateRoute",
  "CreateNetworkAclEntry",
  "ReplaceNetworkAclEntry",
];

/**
 * moto keeps the host bits of IPv4 blocks, and fails then in later calls; AWS sets them to zero; affects `cidr_block` of
 * `aws_vpc` and of what is in it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
 */
export function canonicalRequests(): Handlers {
  return Object.fromEntries(operations.map((name) => [name, withCanonicalBlocks((_, forward) => forward())]));
}

/** A handler of requests whose IPv4 blocks have no host bits. */
export function withCanonicalBlocks(handler: Handler): Handler {
  return (request, forward) => {
    const form = new URLSearchParams();
    for (const [key, value] of request.form) {
      form.append(key, /Cidr(Block|Ip|Ipv4)$/.test(key) ? canonicalBlock(value) : value);
    }
    return handler({ ...request, form }, (changes) => forward({ body: form.toString(), ...changes }));
  };
}
