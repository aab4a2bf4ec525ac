import type { Aws } from "../models/aws";
import type { AwsRequest } from "../proxy/call";
import { requirementsOf } from "./actions";
import type { Requirement } from "./call";
import { askFor, modelledCall } from "./layer";

/** The IAM actions that a call needs, with their resources; undefined when they are not known. */
export function neededActions(
  aws: Aws,
): (request: AwsRequest) => Promise<readonly Pick<Requirement, "action" | "resources">[] | undefined> {
  return async (request) => {
    const call = modelledCall(request);
    if (!call) return undefined;
    // A malformed call may lack what its resources are named by; it is refused later.
    const requirements = await requirementsOf(call, askFor(request, aws)).catch(() => undefined);
    return requirements?.map(({ action, resources }) => ({ action, resources }));
  };
}
