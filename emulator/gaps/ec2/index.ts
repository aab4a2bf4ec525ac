import type { Gap } from "../../proxy/gap";
import type { Times } from "../../time";
import { cascadingDeletion } from "./deletion";
import { instanceConnectEndpoints } from "./instance-connect-endpoints";
import { instances } from "./instances";
import { pendingStates } from "./pending-states";
import { securityGroupRules } from "./security-group-rules";
import { subnets } from "./subnets";

/** What moto does not emulate of VPCs and instances. */
export function ec2(time: Times): Gap {
  return {
    service: "ec2",
    handlers: {
      ...securityGroupRules(),
      ...subnets(),
      ...instances(),
      ...instanceConnectEndpoints(),
      ...cascadingDeletion(),
      ...pendingStates(time),
    },
  };
}
