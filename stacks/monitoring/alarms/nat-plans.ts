import { refusedConnections } from "../metrics/nat";
import type { NatMonitoringTarget } from "../monitoring-target";
import type { AlarmPlan } from "./alarm-plan";

/** The alarms of the NAT gateways, by gateway. */
export function natPlans(gateways: readonly NatMonitoringTarget[]): Readonly<Record<string, readonly AlarmPlan[]>> {
  return Object.fromEntries(
    gateways.map(({ zone, gatewayId }): [string, AlarmPlan[]] => [
      `nat-${zone}`,
      [
        {
          what: "exhausted",
          description: `The NAT gateway in zone ${zone} has no port left for a connection: too many to one address`,
          measure: refusedConnections(gatewayId),
          limit: { above: 0 },
          periods: 3,
        },
      ],
    ]),
  );
}
