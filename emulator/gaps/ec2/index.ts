import type { Gap } from "../../proxy/gap";
import type { Times } from "../../time";
import type { ServiceTasks } from "../ecs/service-tasks";
import { canonicalRequests } from "./canonical-requests";
import { cascadingDeletion } from "./deletion";
import { instanceConnectEndpoints } from "./instance-connect-endpoints";
import { instances } from "./instances";
import { pendingStates } from "./pending-states";
import { securityGroupRules } from "./security-group-rules";
import { subnets } from "./subnets";
import { taskInterfaces } from "./task-interfaces";

/** What moto does not emulate of VPCs and instances. */
export function ec2(time: Times, tasks: ServiceTasks): Gap {
  return {
    service: "ec2",
    handlers: {
      ...canonicalRequests(),
      ...securityGroupRules(),
      ...subnets(),
      ...instances(),
      ...instanceConnectEndpoints(),
      ...cascadingDeletion(),
      ...pendingStates(time),
      ...taskInterfaces(tasks),
    },
  };
}
