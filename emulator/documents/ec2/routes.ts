import type { JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";
import { invalidCombination, missing } from "./invalid";

/** Destination and target of a route. */
export const routes: DocumentCheck = {
  service: "ec2",
  operations: ["CreateRoute", "ReplaceRoute"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html",
  check: (input) => firstRefusal([oneTarget, egressOnly], input),
};

const others = ["RouteTableId", "DryRun"];

function oneTarget(input: JsonObject): Refusal | undefined {
  const given = Object.keys(input).filter((name) => isTarget(name) && isSet(input[name]));
  if (given.length === 0) return missing("The request must contain exactly one target of the route");
  return given.length > 1
    ? invalidCombination(`The parameters ${given.join(", ")} cannot be used together`)
    : undefined;
}

// https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
function egressOnly({ EgressOnlyInternetGatewayId, DestinationCidrBlock }: JsonObject): Refusal | undefined {
  return isSet(EgressOnlyInternetGatewayId) && isSet(DestinationCidrBlock)
    ? invalidCombination(
        "The parameter destinationCidrBlock cannot be used with the parameter egressOnlyInternetGatewayId",
      )
    : undefined;
}

/** Everything but the table and the destination is a target. */
function isTarget(name: string): boolean {
  return !others.includes(name) && !name.startsWith("Destination");
}
