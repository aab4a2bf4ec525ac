import { defineStage } from "../../stage-config";
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
  services: {
    appname: { ...webDefaults },
  },
});
