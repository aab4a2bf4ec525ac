import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyPlanned, expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";

const stack = "dev02-us-east-1";
const file = "config/dev/dev02/us-east-1-dev02.ts";

const restApi = 'ingress: { ...defaults.ingress, accountLogRole: "existing" }';
const httpApi = 'ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } }';

describe("a stage that switches its kind of ingress", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    const text = readFileSync(join(sandbox.folder, file), "utf8");
    sandbox.write(file, text.replace(/\n\}\);\n$/, `\n  ${restApi},\n});\n`));
    await sandbox.synthesize();
    await sandbox.deploy(stack);
  });
  afterAll(() => sandbox.stop());

  it.each([
    ["from a REST API to an HTTP API", restApi, httpApi],
    ["back", httpApi, restApi],
  ])("changes only the ingress and what refers to it, %s", async (_, from, to) => {
    sandbox.edit(file, from, to);
    await sandbox.synthesize();
    const changes = await plannedChanges(sandbox, stack);
    // The monitoring of the ingress changes with it.
    const others = changes.filter((change) => !/^[a-z/]+ aws_\w+\.(ingress|monitoring)(_|$)/.test(change));
    expect(others).toEqual([
      "delete/create aws_ecs_task_definition.services_appname",
      "delete/create aws_ecs_task_definition.services_appname_tasks_migrate",
      "delete/create aws_vpc_security_group_egress_rule.services_appname_from_load_balancer",
      "update aws_ecs_service.services_appname",
      "update aws_vpc_security_group_ingress_rule.services_appname_from_load_balancer",
    ]);
    await applyPlanned(sandbox, stack);
    await expectNoChanges(sandbox, stack);
  });

  it("leaves nothing of either behind after it is destroyed", async () => {
    await sandbox.terraform(stack, ["destroy", "-auto-approve"]);
    expect(await sandbox.leftovers()).toEqual([]);
  });
});
