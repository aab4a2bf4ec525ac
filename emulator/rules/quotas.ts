/** Quotas of an account in a region that AWS raises on request. */
export interface Quotas {
  /** VPCs, of which a new account has one. */
  readonly vpcs: number;
  readonly elasticIps: number;
  /** Inbound rules of a security group for IPv4, and as many for IPv6 and outbound. */
  readonly rulesPerSecurityGroup: number;
  readonly securityGroupsPerInterface: number;
  /** Rules of an Application Load Balancer, its default rules not counted. */
  readonly rulesPerLoadBalancer: number;
  /** Executions of all functions at once, which AWS raises from 10 by itself. */
  readonly concurrentExecutions: number;
}

/**
 * The quotas of a new account.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const newAccountQuotas: Quotas = {
  vpcs: 5,
  elasticIps: 5,
  rulesPerSecurityGroup: 60,
  securityGroupsPerInterface: 5,
  rulesPerLoadBalancer: 100,
  concurrentExecutions: 1000,
};
