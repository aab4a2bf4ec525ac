import type { Handlers } from "../../proxy/gap";
import { editXml } from "../../wire/reply";
import { element, find, findAll, setChild, textOf } from "../../wire/xml";
import type { Times } from "../../time";
import { Transitions } from "../transitions";

/** moto creates NAT gateways and VPC endpoints at once, which are `pending` at first on AWS. */
export function pendingStates({ pendingSeconds = 0, clock }: Times): Handlers {
  const pending = new Transitions(pendingSeconds, clock);
  return {
    ...states("NatGateway", "natGateway", pending),
    ...states("VpcEndpoint", "vpcEndpoint", pending),
  };
}

function states(resource: string, name: string, pending: Transitions): Handlers {
  return {
    [`Create${resource}`]: async (request, forward) =>
      editXml(await forward(), (root) => {
        const created = find(root, name);
        // A gateway endpoint is only routes.
        if (!created || textOf(created, "vpcEndpointType") === "Gateway") return;
        const id = textOf(created, `${name}Id`);
        pending.begin(request, id, "pending");
        const state = pending.of(request, id);
        if (state !== undefined) setChild(created, element("state", state));
      }),
    [`Describe${resource}s`]: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const item of findAll(root, `${name}Set`, "item")) {
          const state = pending.of(request, textOf(item, `${name}Id`));
          if (state !== undefined && textOf(item, "state") === "available") setChild(item, element("state", state));
        }
      }),
  };
}
