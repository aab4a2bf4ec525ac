import { reachabilityFindings } from "../../../policy/reachability/findings";
import { connectionsOfCalls } from "../../../policy/reachability/workload-connections";
import { SynthesizedStack } from "../../../policy/terraform/stack";
import { minimalService, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed } from "./analysis";

const stage = stageWith({
  discovery: "cloud-map",
  services: {
    orders: { ...minimalService, routes: ["/orders/*"], calls: ["users"], fileSystem: { mountPath: "/data" } },
    users: { ...minimalService, routes: ["/users/*"], port: 8081 },
    report: { kind: "job", schedule: "rate(1 day)", calls: ["users"] },
  },
});
const stack = new Synthesized(stage);
const calls = connectionsOfCalls(stage, new SynthesizedStack(stack.written));
const messages = (json: unknown, connections = calls) =>
  reachabilityFindings(new SynthesizedStack(json), connections).map(({ message }) => message);

const groupOf = (name: string) => `\${aws_security_group.services_${name}.id}`;

describe("calls between services, and file systems", () => {
  it("allow exactly the declared connections", () => {
    expect(messages(stack.written)).toEqual([]);
    expect(calls.map(({ from, to, port }) => `${from} -> ${to}:${port}`)).toEqual([
      "aws_ecs_service.services_orders -> aws_ecs_service.services_users:8081",
      "aws_scheduler_schedule.services_report -> aws_ecs_service.services_users:8081",
    ]);
  });

  it("are reported when a rule allows a call that is not declared", () => {
    expect(messages(stack.written, []).map((message) => message.split(" on TCP")[0])).toEqual([
      "aws_ecs_service.services_orders to aws_ecs_service.services_users",
      "aws_scheduler_schedule.services_report to aws_ecs_service.services_users",
    ]);
  });

  it("are reported when a declared call is blocked", () => {
    const rule = "aws_vpc_security_group_ingress_rule.services_orders_calls_users_tcp_8081";
    expect(messages(changed(stack, { [rule]: undefined }))).toContain(
      "aws_ecs_service.services_orders cannot reach aws_ecs_service.services_users on TCP 8081 " +
        "(calls users): no ingress rule of aws_ecs_service.services_users allows it",
    );
  });

  it("are reported when a file system is blocked for its service, or allowed for another", () => {
    const rule = "aws_vpc_security_group_ingress_rule.services_orders_to_orders_files_tcp_2049";
    const closed = messages(changed(stack, { [rule]: undefined })).join("\n");
    expect(closed).toContain("cannot reach aws_efs_mount_target.services_orders_file_system_a on TCP 2049");
    expect(closed).toContain("cannot reach aws_efs_mount_target.services_orders_file_system_b on TCP 2049");
    const opened = { ...stack.resource(rule), referenced_security_group_id: groupOf("users") };
    expect(messages(changed(stack, { [rule]: opened })).join("\n")).toContain(
      "aws_ecs_service.services_users to aws_efs_mount_target.services_orders_file_system_a on TCP 2049",
    );
  });
});
