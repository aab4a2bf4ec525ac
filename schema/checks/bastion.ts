import { z } from "zod";
import type { Check } from "./cross-checks";

const written = z.object({
  bastion: z.object({ access: z.string() }),
  network: z.object({ egress: z.object({ mode: z.string() }) }).optional(),
  ingress: z.object({ kind: z.string() }).optional(),
  data: z.object({ postgres: z.unknown().optional(), redis: z.unknown().optional() }),
});

/** A bastion leads somewhere, and can be reached as it says. */
export const bastionUseful: Check = (stage, report) => {
  const { data } = written.safeParse(stage);
  if (data === undefined) return;
  const { bastion, network, ingress, data: stores } = data;
  if (stores.postgres === undefined && stores.redis === undefined) {
    report(["bastion"], "leads nowhere; write data.postgres or data.redis, or remove it", bastion);
  }
  const onInternet = ingress?.kind === "alb" || ingress?.kind === "nlb";
  if (bastion.access === "ssh" && network?.egress.mode === "vpc-endpoints" && !onInternet) {
    const message = 'cannot come into a VPC without the internet; write "ssm" or "instance-connect"';
    report(["bastion", "access"], message, bastion.access);
  }
};
