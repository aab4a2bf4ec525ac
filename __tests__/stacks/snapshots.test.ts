import { stackName } from "../../schema";
import { fixtureStages } from "../fixtures/config";
import { everyFeature } from "../fixtures/every-feature";
import { minimalService, stageWith } from "../fixtures/stage";
import { Synthesized } from "../fixtures/synthesized";

// The path of a local state depends on the folder that a test runs in.
const state = { backend: "s3", bucket: "shop-state", region: "us-east-1" } as const;

const { data, bastion, monitoring } = stageWith({
  data: {
    postgres: { kind: "instance", proxy: {}, keep: true },
    redis: { kind: "replication-group", keep: true },
    secrets: { stripe: { source: "create", keep: true } },
    topics: { sold: { keep: true } },
    backup: { rules: { daily: { schedule: "cron(0 1 * * ? *)" } } },
  },
  bastion: { access: "ssm" },
  services: { orders: minimalService },
  monitoring: {
    alarms: { email: ["on-call@example.com"], chat: "slack", anomalies: {} },
    budget: { monthlyUsd: 500, email: ["team@example.com"] },
  },
});

describe("the synthesized Terraform", () => {
  it("of the smallest stage is this", () => {
    expect(new Synthesized(stageWith({ state })).json).toMatchSnapshot();
  });

  it("of a stage with every feature is this", () => {
    const { uploads, queues, tables } = everyFeature.data;
    const stage = { ...everyFeature, state, bastion, monitoring, data: { ...data, uploads, queues, tables } };
    expect(new Synthesized(stage).json).toMatchSnapshot();
  });
});

describe("the stages of the fixtures", () => {
  it.each(fixtureStages().map((stage) => [stackName(stage), stage] as const))(
    "%s tags every resource with its product, environment, stage and owner",
    (_, config) => {
      const { app, environment, stage, owner } = config;
      const tags = { app, environment, stage, owner, "managed-by": "terraform" };
      expect(new Synthesized(config).json.provider).toMatchObject({ aws: [{ default_tags: [{ tags }] }] });
    },
  );
});
