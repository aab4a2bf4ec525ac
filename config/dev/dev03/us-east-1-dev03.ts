import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

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
    appname: {
      ...webDefaults,
      deregistrationDelaySeconds: 5,
      // No tasks at night and at weekends.
      scaling: {
        ...webDefaults.scaling,
        schedules: {
          morning: { schedule: "cron(0 7 ? * MON-FRI *)", timeZone: "America/New_York", minimum: 1, maximum: 2 },
          night: { schedule: "cron(0 20 * * ? *)", timeZone: "America/New_York", minimum: 0, maximum: 0 },
        },
      },
    },
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
