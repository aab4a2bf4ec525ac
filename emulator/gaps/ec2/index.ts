import type { Gap } from "../../proxy/gap";
import type { Times } from "../../time";
import type { ServiceTasks } from "../ecs/service-tasks";
import { canonicalRequests } from "./canonical-requests";
import { cascadingDeletion } from "./deletion";
import { dhcpOptions } from "./dhcp-options";
import { flowLogs } from "./flow-logs";
import { instanceConnectEndpoints } from "./instance-connect-endpoints";
import { instances } from "./instances";
import { natGateways } from "./nat-gateways";
import { over } from "./over";
import { pendingStates } from "./pending-states";
import { securityGroupRules } from "./security-group-rules";
import { subnets } from "./subnets";
import { taskInterfaces } from "./task-interfaces";
import { vpcEndpoints } from "./vpc-endpoints";

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
      ...dhcpOptions(),
      ...flowLogs(),
      ...over({ ...natGateways(), ...vpcEndpoints() }, { ...pendingStates(time), ...taskInterfaces(tasks) }),
    },
  };
}
