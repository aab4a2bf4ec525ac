import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "dev02",
  region: "eu-west-1",
  network: {
    cidr: "10.21.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b"],
    egress: { mode: "nat-gateway", gateways: "one" },
  },
  services: {
    // An ALB deregisters targets faster than an NLB.
    appname: { ...webDefaults, deregistrationDelaySeconds: 5 },
  },
  ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } },
});
