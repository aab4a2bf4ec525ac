import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "dev02",
  region: "us-east-1",
  network: {
    cidr: "10.20.0.0/16",
    // Accounts differ in their zones: aws ec2 describe-availability-zones --region us-east-1
    zones: ["us-east-1a", "us-east-1b"],
    // Tasks have no route to the internet; mode "nat-gateway" gives them one.
    egress: { mode: "vpc-endpoints", interfaceEndpoints: "one-zone" },
  },
  services: {
    // The image of app/, with every route.
    appname: webDefaults,
  },
});
