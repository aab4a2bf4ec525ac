import type { ITerraformDependable } from "cdktf";
import type { Subnets } from "../../network/subnets";

/** Who reaches a load balancer. */
export type Reach =
  | {
      /** What stands in the VPC, or comes into it by a VPC link. */
      readonly from: "vpc";
      readonly subnets: Subnets;
    }
  | {
      /** Everybody. */
      readonly from: "internet";
      /** Public subnets. */
      readonly subnets: Subnets;
      readonly ipAddressType: "ipv4" | "dualstack";
      readonly deletionProtection: boolean;
      readonly accessLog: { readonly bucket: string; readonly prerequisites: readonly ITerraformDependable[] };
    };

/** What only a load balancer on the internet is given. */
export function internetSettings(reach: Reach) {
  if (reach.from === "vpc") return {};
  const { ipAddressType, deletionProtection, accessLog } = reach;
  return {
    ipAddressType,
    enableDeletionProtection: deletionProtection,
    accessLogs: { bucket: accessLog.bucket, enabled: true },
    // AWS tries to write to the bucket when it is named.
    dependsOn: [...accessLog.prerequisites],
  };
}
