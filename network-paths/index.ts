export { isWholeInternet } from "./addresses";
export { imageServices } from "./aws-services";
export {
  gatewayServices,
  hostNamed,
  interfaceEndpoints,
  internet,
  internetFamily,
  internetIpv6,
  serviceOfEndpoint,
  vpcOf,
} from "./endpoints";
export type {
  DefaultRoute,
  Gateway,
  Host,
  Network,
  PrivateLink,
  RulePeer,
  SecurityGroupRule,
  Subnet,
  Vpc,
  VpcEndpoint,
} from "./network";
export { allowedTraffic, canReach, canReachService, openPaths, type Path, type Reachability } from "./paths";
export { hasDefaultRoute, nextHop, subnetsWithoutGateway } from "./routes";
export { endpointsMatching } from "./security-groups";
export { covers, everything, merged, overlap, ruleTraffic, shownTraffic, subtract, tcp, type Traffic } from "./traffic";
export { unknown, type UnknownResource } from "./unknown";
