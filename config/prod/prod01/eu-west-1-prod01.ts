import { defineStage } from "#schema";
import { data } from "../data";
import { defaults } from "../defaults";
import { services } from "../services";

export default defineStage({
  ...defaults,
  stage: "prod01",
  region: "eu-west-1",
  network: {
    cidr: "10.41.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    egress: { mode: "nat-gateway", interfaceEndpoints: "every-zone" },
    flowLogRetentionDays: 365,
  },
  data,
  bastion: { access: "ssm" },
  services,
});
