import { defaults } from "../fixtures/config/dev/defaults";
import type { StageConfig, StageInput } from "../../schema";
import { stageSchema } from "../../schema/stage";
import { stages } from "../e2e/service-stages";
import { egresses, servicesOf, ingressOf, ingressNames } from "../e2e/ingress-combinations";
import { everyFeature } from "../fixtures/every-feature";
import { minimalService, openNetwork, stageWith } from "../fixtures/stage";

const inDev = (stage: string, fields: Partial<StageInput>) =>
  stageSchema.parse({ ...defaults, stage, region: "us-east-1", ...fields });

const network = { cidr: "10.0.0.0/16", zones: ["us-east-1a", "us-east-1b"] };
const everyIngressAndEgress = Object.entries(egresses).flatMap(([out, { variant, egress }]) =>
  ingressNames.map((kind) => {
    const stage = `${kind}${out}`;
    const data = kind === "nlb" && variant === "rich" ? { uploads: { keep: true } } : {};
    const services = servicesOf(kind, variant);
    const ingress = ingressOf(kind, stage, variant);
    return inDev(stage, { network: { ...network, egress }, data, services, ingress });
  }),
);
const everyService = Object.entries(stages).map(([stage, fields]) => inDev(stage, fields));

const uses = (...names: readonly string[]) => ({ orders: { ...minimalService, uses: [...names] } });
const everyDataService: Readonly<Record<string, StageConfig>> = {
  "a database behind a proxy": stageWith({
    data: { postgres: { kind: "instance", proxy: {} } },
    services: uses("postgres"),
  }),
  "Aurora with readers, a serverless cache, a secret and a topic": stageWith({
    data: {
      postgres: { kind: "aurora-serverless", readers: 1, proxy: {} },
      redis: { kind: "serverless" },
      secrets: { stripe: { source: "create" } },
      topics: { mails: {} },
    },
    services: uses("postgres", "redis", "secret:stripe", "topic:mails"),
  }),
  "a bastion behind an endpoint of Instance Connect": stageWith({
    data: { postgres: { kind: "instance" } },
    bastion: { access: "instance-connect" },
    services: uses("postgres"),
  }),
  "a bastion for SSH, with an exception": stageWith({
    network: openNetwork,
    data: { postgres: { kind: "instance" } },
    bastion: { access: "ssh", cidrs: ["198.51.100.0/24"], publicKey: "ssh-ed25519 AAAA" },
    services: uses("postgres"),
    exceptions: [
      { rule: "instance-ingress", resource: "aws_instance.bastion", reason: "Tools that support SSH only." },
    ],
  }),
  "every feature of monitoring": stageWith({
    monitoring: {
      alarms: {
        email: ["on-call@example.com"],
        https: ["https://pager.example.com/sns"],
        chat: "slack",
        anomalies: {},
      },
      logs: { customerManagedKey: true },
    },
  }),
};

/** Stages that between them have every feature, by what they show. */
export const featureStages: Readonly<Record<string, StageConfig>> = {
  "every feature of services": everyFeature,
  ...Object.fromEntries(
    [...everyService, ...everyIngressAndEgress].map((stage) => [`the stage ${stage.stage}`, stage]),
  ),
  ...everyDataService,
};
