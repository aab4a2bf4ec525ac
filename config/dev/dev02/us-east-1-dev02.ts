import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "dev02",
  region: "us-east-1",
  network: {
    cidr: "10.20.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "vpc-endpoints", interfaceEndpoints: "one-zone" },
  },
  data: {
    // Holds test data only, and is deleted with the stage.
    postgres: {
      kind: "instance",
      instanceClass: "db.t4g.micro",
      multiAz: false,
      backupRetentionDays: 1,
      deletionProtection: false,
      finalSnapshot: false,
      applyImmediately: true,
    },
  },
  services: {
    appname: { ...webDefaults, uses: ["postgres"], tasks: { migrate: { command: ["node", "dist/migrate.js"] } } },
  },
});
