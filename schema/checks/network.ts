import { z } from "zod";
import type { Check } from "./check";

const withZones = z.object({ region: z.string(), network: z.object({ zones: z.array(z.string()) }) });

/** Zones belong to the stage's region, which Terraform verifies only at apply. */
export const zonesInRegion: Check = (stage, report) => {
  const { data } = withZones.safeParse(stage);
  data?.network.zones.forEach((zone, index) => {
    if (new RegExp(`^${data.region}[a-h]$`).test(zone)) return;
    const message = `must be an availability zone of ${data.region}; write one such as "${data.region}a"`;
    report(["network", "zones", index], message, zone);
  });
};

const withBastion = z.object({
  bastion: z.object({ access: z.string() }),
  network: z.object({ egress: z.object({ mode: z.string() }) }).optional(),
  ingress: z.object({ kind: z.string() }).optional(),
  data: z.object({ postgres: z.unknown().optional(), redis: z.unknown().optional() }),
});

/** A bastion has a database to reach, and can itself be reached. */
export const bastionUsable: Check = (stage, report) => {
  const { data } = withBastion.safeParse(stage);
  if (data === undefined) return;
  const { bastion, network, ingress, data: dataServices } = data;
  if (dataServices.postgres === undefined && dataServices.redis === undefined) {
    report(["bastion"], "has no database to reach; write data.postgres or data.redis, or remove it", bastion);
  }
  const hasInternetGateway = ingress?.kind === "alb" || ingress?.kind === "nlb";
  if (bastion.access === "ssh" && network?.egress.mode === "vpc-endpoints" && !hasInternetGateway) {
    const message = 'cannot be reached in a VPC without an internet gateway; write "ssm" or "instance-connect"';
    report(["bastion", "access"], message, bastion.access);
  }
};
