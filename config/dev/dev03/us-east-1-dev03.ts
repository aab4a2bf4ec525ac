import { defineStage } from "../../stage-config";
import { defaults, serviceDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "dev03",
  region: "us-east-1",
  network: {
    cidr: "10.22.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "nat-gateway", gateways: "one" },
  },
  services: {
    appname: { ...serviceDefaults, deregistrationDelaySeconds: 5 },
  },
  ingress: {
    kind: "alb",
    domain: {
      name: "dev03.appname-dev.example.com",
      hostedZone: "appname-dev.example.com",
      certificate: { source: "create" },
    },
    waf: {},
  },
});
