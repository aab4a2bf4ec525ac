import type { Handlers } from "../../proxy/gap";
import { editXml } from "../../wire/reply";
import { element, find, findAll, setChild, textOf } from "../../wire/xml";
import { Pending, type Slow } from "../timing";

/** moto creates NAT gateways and VPC endpoints at once, which are `pending` at first on AWS. */
export function pendingStates(slow: Slow | undefined): Handlers {
  const pending = new Pending(slow);
  return {
    ...states("NatGateway", "natGateway", pending),
    ...states("VpcEndpoint", "vpcEndpoint", pending),
  };
}

function states(resource: string, name: string, pending: Pending): Handlers {
  return {
    [`Create${resource}`]: async (request, forward) =>
      editXml(await forward(), (root) => {
        const created = find(root, name);
        // A gateway endpoint is only routes.
        if (!created || textOf(created, "vpcEndpointType") === "Gateway") return;
        pending.start(request, textOf(created, `${name}Id`));
        if (pending.has(request, textOf(created, `${name}Id`))) setChild(created, element("state", "pending"));
      }),
    [`Describe${resource}s`]: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const item of findAll(root, `${name}Set`, "item")) {
          const isPending = pending.has(request, textOf(item, `${name}Id`));
          if (isPending && textOf(item, "state") === "available") setChild(item, element("state", "pending"));
        }
      }),
  };
}
