import { z } from "zod";
import { stackName } from "../../../../schema";
import { actionsWithoutResource } from "../../../../schema/services/permission";
import { fixtureStages } from "../../../fixtures/config";
import { everyFeature } from "../../../fixtures/every-feature";
import { Synthesized } from "../../../fixtures/synthesized";

const text = z.array(z.string());
const statements = z.array(z.object({ actions: text, resources: text, effect: z.literal("Allow").optional() }));

/** The permissions of every role of a service: task, execution, traffic shifting and schedule. */
function allowed(stack: Synthesized) {
  const documents = Object.entries(stack.json.data.aws_iam_policy_document ?? {});
  return documents
    .filter(([id]) => id.startsWith("services_") && id.endsWith("_permissions"))
    .flatMap(([id, { statement }]) => statements.parse(statement).map((each) => ({ id, ...each })));
}

describe.each([...fixtureStages(), everyFeature].map((stage) => [stackName(stage), new Synthesized(stage)] as const))(
  "the roles of the services of %s",
  (_, stack) => {
    it("allow no wildcard actions", () => {
      expect(allowed(stack)).not.toEqual([]);
      const actions = allowed(stack).flatMap((each) => each.actions);
      expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action))).toEqual([]);
    });

    it("allow all resources only for actions without resource-level permissions", () => {
      const everywhere = allowed(stack).filter(({ resources }) =>
        resources.some((arn) => /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*)$/.test(arn)),
      );
      const actions = everywhere.flatMap((each) => each.actions);
      expect(actions.filter((action) => !actionsWithoutResource.includes(action))).toEqual([]);
    });

    it("have no other policies, apart from AWS's for traffic shifting", () => {
      for (const [id, { policy_arn: arn }] of Object.entries(stack.all("aws_iam_role_policy_attachment"))) {
        if (!id.startsWith("services_")) continue;
        expect(arn).toMatch(/:policy\/AmazonECSInfrastructureRolePolicyForLoadBalancers$/);
      }
      for (const [id, { policy }] of Object.entries(stack.all("aws_iam_role_policy"))) {
        if (!id.startsWith("services_")) continue;
        expect(policy).toBe(`\${data.aws_iam_policy_document.${id.replace(/_task$/, "_task_role")}_permissions.json}`);
      }
    });

    it("trust one AWS service each, for tasks and schedules of the account only", () => {
      const trusts = Object.entries(stack.json.data.aws_iam_policy_document ?? {}).filter(
        ([id]) => id.startsWith("services_") && id.endsWith("_trust"),
      );
      expect(trusts).toHaveLength(
        Object.keys(stack.all("aws_iam_role")).filter((id) => id.startsWith("services_")).length,
      );
      for (const [id, document] of trusts) {
        // AWS documents no condition for the infrastructure role of ECS.
        if (id.endsWith("_rollout_infrastructure_role_trust")) continue;
        expect(document.statement).toMatchObject([
          {
            actions: ["sts:AssumeRole"],
            condition: [{ test: "StringEquals", variable: "aws:SourceAccount" }],
          },
        ]);
        expect(document).toHaveProperty("statement.0.principals.0.type", "Service");
        expect(JSON.stringify(document)).toMatch(/"identifiers":\["(ecs-tasks|scheduler)\.amazonaws\.com"\]/);
      }
    });
  },
);
