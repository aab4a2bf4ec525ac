import { text } from "../../wire/json";
import type { DocumentCheck } from "../document";
import { isSet } from "../values";
import { missing } from "./invalid";

/** The address of a NAT gateway. */
export const natGateways: DocumentCheck = {
  service: "ec2",
  operations: ["CreateNatGateway"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html",
  check: ({ AllocationId, ConnectivityType, AvailabilityMode }) => {
    const isPrivate = ConnectivityType === "private";
    // A regional NAT gateway allocates its addresses itself.
    if (!isPrivate && text(AvailabilityMode) !== "regional" && text(AllocationId) === "") {
      return missing("The request must contain the parameter AllocationId");
    }
    return isPrivate && isSet(AllocationId)
      ? { code: "InvalidParameter", message: "A private NAT gateway cannot have an allocation ID" }
      : undefined;
  },
};
