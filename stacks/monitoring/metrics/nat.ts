import type { Metric } from "../metric";

/** Connections for which a NAT gateway had no port left. https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html */
export function refusedConnections(gatewayId: string): Metric {
  return {
    namespace: "AWS/NATGateway",
    metricName: "ErrorPortAllocation",
    dimensions: { NatGatewayId: gatewayId },
    statistic: "Sum",
  };
}
