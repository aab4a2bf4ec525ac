import { defineStage } from "#schema";
import { data } from "../data";
import { defaults } from "../defaults";
import { services } from "../services";

export default defineStage({
  ...defaults,
  stage: "prod01",
  region: "us-east-1",
  network: {
    cidr: "10.40.0.0/16",
    zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    egress: { mode: "vpc-endpoints" },
    flowLogRetentionDays: 365,
  },
  data,
  bastion: { access: "ssm" },
  services,
});
