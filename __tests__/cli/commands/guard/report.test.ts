import { guardPlan } from "../../../../cli/commands/guard/forecast";
import { guardReport } from "../../../../cli/commands/guard/report";
import { columns, filled } from "../../../../cli/commands/guard/wrap";
import { created, deleted, deleteFirst, planWith, unchanged, updated, type Change } from "./plan-of";

const stack = "dev02-us-east-1";

function report(changes: Readonly<Record<string, Change>>, outputs: Readonly<Record<string, object>> = {}): string {
  return guardReport(guardPlan(planWith(changes, outputs), { allowances: [], stack }), stack);
}

const sample = {
  "aws_vpc.network": unchanged({ id: "vpc-1" }),
  "aws_dynamodb_table.data_tables_users": updated(
    { point_in_time_recovery: [{ enabled: true }], ttl: [{ attribute_name: "a", enabled: true }] },
    { point_in_time_recovery: [{ enabled: false }], ttl: [{ attribute_name: "b", enabled: true }] },
  ),
  "aws_db_instance.data_postgres_server": updated({ deletion_protection: true }, { deletion_protection: false }),
  "aws_lb_listener_rule.ingress_path_orders_any": deleteFirst({
    condition: [{ path_pattern: [{ values: ["/orders", "/orders/*"] }] }],
  }),
  "aws_vpc_security_group_ingress_rule.ingress_https": created({
    security_group_id: "sg-1",
    cidr_ipv4: "0.0.0.0/0",
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
  }),
  "aws_iam_role_policy.services_orders_task": updated({ role: "a", policy: "{}" }, { role: "a" }, { policy: true }),
};
const moved = { api_url: { actions: ["update"], before: "https://a.example.com", after: "https://b.example.com" } };

describe("the report", () => {
  it("has four groups, the remedy and the conclusion in the last line", () => {
    expect(report(sample, moved)).toBe(`Data: the plan would lose data of 1 resource
  Refused: aws_dynamodb_table.data_tables_users changes point_in_time_recovery.enabled from true to
    false.
    lost: every point in time to which the table can be restored
  Refused: aws_dynamodb_table.data_tables_users changes ttl.attribute_name from a to b.
    lost: items whose new attribute is a time in the past
  Less protected: aws_db_instance.data_postgres_server changes deletion_protection from true to
    false.
    from now on: AWS no longer refuses a deletion

Availability: 1 outage forecast
  aws_lb_listener_rule.ingress_path_orders_any: it cannot change name in place, and is deleted
    first.
    not available: the route /orders, /orders/*, about a minute
    from: the deletion of the old listener rule
    until: the new rule exists

Access: 1 change that opens access
  aws_vpc_security_group_ingress_rule.ingress_https: the security group opens port 443 from every
    address (0.0.0.0/0).
  Not compared, as the policy is known after the apply: aws_iam_role_policy.services_orders_task

Addresses: 1 address that others use changes
  api_url: the URL of the API
    https://a.example.com -> https://b.example.com

If the loss is not intended, undo the change that causes it, and plan again.
If it is intended, save the data (a snapshot, an export), and run the guard again with:
  --allow dev02-us-east-1:aws_dynamodb_table.data_tables_users
Or set allowDataLoss: true in the stage file, and deploy that change first.

Refused: the plan may not be applied, as it would lose data of 1 resource.`);
  });

  it("prints nothing for empty groups", () => {
    expect(report({ "aws_vpc.network": unchanged() })).toBe("The plan may be applied: it loses no data.");
  });

  it("lists what goes with its service, which is not refused", () => {
    const changes = {
      "aws_ecs_task_definition.services_orders": deleted(),
      "aws_cloudwatch_log_group.services_orders": deleted(),
    };
    expect(report(changes)).toBe(`Data: nothing is lost that is in use
  Removed with its service: aws_cloudwatch_log_group.services_orders is deleted, as it is no longer
    in the stack.
    lost: logs

The plan may be applied: it loses no data that is in use.`);
  });

  it("does not end a line with a space, and is at most 100 columns wide", () => {
    const lines = report(sample, moved).split("\n");
    expect(lines.filter((line) => line.length > columns || line.endsWith(" "))).toEqual([]);
  });
});

describe("a long text", () => {
  it("is broken between words, and continued with its indentation", () => {
    const lines = filled("word ".repeat(60).trim(), "  ", "    ");
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.length <= columns)).toBe(true);
    expect(lines[1]).toMatch(/^ {4}word/);
  });

  it("keeps a longer word whole, so that it can be copied", () => {
    const word = "a".repeat(columns + 20);
    expect(filled(`see ${word} there`)).toEqual(["see", `  ${word}`, "  there"]);
  });
});
