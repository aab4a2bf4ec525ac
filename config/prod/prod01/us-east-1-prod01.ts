import { defineStage } from "#schema";
import { defaults, postgres, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "prod01",
  region: "us-east-1",
  network: {
    cidr: "10.21.0.0/16",
    // Accounts differ in their zones: aws ec2 describe-availability-zones --region us-east-1
    zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    // Tasks have no route to the internet; mode "nat-gateway" gives them one.
    egress: { mode: "vpc-endpoints" },
    flowLogRetentionDays: 365,
  },
  data: { postgres },
  services: {
    // The image of app/, with every route.
    appname: { ...webDefaults, uses: ["postgres"], tasks: { migrate: { command: ["node", "dist/migrate.js"] } } },
  },
});
