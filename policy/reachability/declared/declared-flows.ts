import type { Model } from "../model/model";
import { flowsToAws } from "./aws-services";
import { flowsToFiles } from "./files";
import type { Flow } from "./flow";
import { flowsOfLoadBalancers } from "./load-balancers";
import { flowsOfPeople } from "./people";
import { flowsToStores } from "./stores";
import { flowsOfVpcLinks } from "./vpc-links";

/** Every flow that the resources of a stack call for, each once. */
export function declaredFlows(model: Model): readonly Flow[] {
  const flows = [
    ...flowsOfVpcLinks(model),
    ...flowsOfLoadBalancers(model),
    ...flowsToAws(model),
    ...flowsToStores(model),
    ...flowsToFiles(model),
    ...flowsOfPeople(model),
  ];
  const required = flows.filter((flow) => flow.required);
  return [...required, ...flows.filter((flow) => !flow.required)].filter(
    (flow, index, all) => all.findIndex((other) => isSame(flow, other)) === index,
  );
}

function isSame(one: Flow, other: Flow): boolean {
  return one.from === other.from && one.to === other.to && Object.is(one.port, other.port);
}
