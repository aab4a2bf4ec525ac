import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { applyPlanned, expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stack = "small02-us-east-1";
const file = "config/dev/small02/us-east-1-small02.ts";
const apply = ["apply", "-auto-approve", "-input=false"];

const restApi = "ingress: defaults.ingress";
const httpApi = 'ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } }';

const stageFile = `import { defineStage } from "#schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "small02",
  region: "us-east-1",
  network: {
    cidr: "10.78.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "nat-gateway", gateways: "one" },
  },
  services: {
    appname: { ...webDefaults, deregistrationDelaySeconds: 5, tasks: { migrate: { command: ["node", "dist/migrate.js"] } } },
  },
  ${restApi},
});
`;

describe("a small stage, from an interrupted apply over a change of its ingress to its destruction", () => {
  let sandbox: Sandbox;
  let first: ChildProcess;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    sandbox.write(file, stageFile);
    await sandbox.synthesize();
    await sandbox.terraform(stack, ["init", "-input=false"]);
    first = spawn(sandbox.terraformProgram, [`-chdir=${sandbox.stackFolder(stack)}`, ...apply], {
      env: { ...process.env, ...sandbox.environment },
      stdio: ["ignore", "pipe", "ignore"],
    });
    // Not earlier: a resource whose creation is interrupted before AWS's answer arrives exists without being in the state.
    await lineFrom(first, "aws_lb.ingress_nlb: Still creating");
  });
  afterAll(async () => {
    first.kill("SIGKILL");
    await sandbox.stop();
  });

  it("refuses a second apply meanwhile, with the holder of the lock", async () => {
    const second = await sandbox.tryTerraform(stack, apply);
    expect(second.exitCode).toBe(1);
    expect(second.output).toMatch(/Error acquiring the state lock/);
    expect(second.output).toMatch(
      /Path: +appname-terraform-state-111122223333\/appname\/small02\/us-east-1\/terraform.tfstate/,
    );
    expect(second.output).toMatch(/Who: +\S+@\S+/);
  });

  it("is completed by the next apply after Terraform is terminated", async () => {
    first.kill("SIGTERM");
    await once(first, "exit");
    expect(first.exitCode).toBe(1);
    await sandbox.deploy(stack);
    await expectNoChanges(sandbox, stack);
  });

  it("changes only the ingress and what refers to it, from a REST API to an HTTP API", () =>
    changeIngress(restApi, httpApi, "nlb", "alb_lb"));

  it("changes only the ingress and what refers to it, back", () => changeIngress(httpApi, restApi, "alb_lb", "nlb"));

  it("leaves nothing behind after it is destroyed", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
  });

  async function changeIngress(from: string, to: string, oldBalancer: string, newBalancer: string): Promise<void> {
    sandbox.edit(file, from, to);
    await sandbox.synthesize();
    const changes = await plannedChanges(sandbox, stack);
    // The monitoring of the ingress changes with it.
    const others = changes.filter((change) => !/^[a-z/]+ (aws|terraform)_\w+\.(ingress|monitoring)(_|$)/.test(change));
    const rules = (action: string, balancer: string) =>
      ["egress", "ingress"].map(
        (direction) => `${action} aws_vpc_security_group_${direction}_rule.services_appname_from_${balancer}_tcp_8080`,
      );
    expect(others).toEqual([
      ...rules("create", newBalancer),
      ...rules("delete", oldBalancer),
      "delete/create aws_ecs_task_definition.services_appname",
      "delete/create aws_ecs_task_definition.services_appname_tasks_migrate",
      "update aws_ecs_service.services_appname",
    ]);
    await applyPlanned(sandbox, stack);
    await expectNoChanges(sandbox, stack);
  }
});

async function lineFrom(child: ChildProcess, text: string): Promise<void> {
  if (child.stdout === null) throw new Error("the program's output is not piped");
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      if (line.includes(text)) resolve();
    });
    lines.once("close", () => {
      reject(new Error(`the program ended before it said "${text}"`));
    });
  });
}
