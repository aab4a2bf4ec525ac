import { flowsOfCalls, reachabilityFindings } from "../../../policy/reachability";
import { minimalService, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed } from "./changed";

const stage = stageWith({
  discovery: "cloud-map",
  services: {
    orders: { ...minimalService, routes: ["/orders/*"], calls: ["users"], fileSystem: { mountPath: "/data" } },
    users: { ...minimalService, routes: ["/users/*"], port: 8081 },
    report: { kind: "job", schedule: "rate(1 day)", calls: ["users"] },
  },
});
const stack = new Synthesized(stage);
const messages = (json: unknown, flows = flowsOfCalls(stage)) =>
  reachabilityFindings(json, flows).map(({ message }) => message);

const firewall = (name: string) => `\${aws_security_group.services_${name}_firewall_group.id}`;

describe("services that call each other, and files that they share", () => {
  it("reach exactly whom they name", () => {
    expect(messages(stack.json)).toEqual([]);
    expect(flowsOfCalls(stage).map(({ from, to, port }) => `${from} -> ${to}:${port}`)).toEqual([
      "aws_ecs_service.services_orders -> aws_ecs_service.services_users:8081",
      "aws_scheduler_schedule.services_report_schedule -> aws_ecs_service.services_users:8081",
    ]);
  });

  it("are told of when nobody calls through an open way", () => {
    expect(messages(stack.json, []).map((message) => message.split(" on TCP")[0])).toEqual([
      "aws_ecs_service.services_orders to aws_ecs_service.services_users",
      "aws_scheduler_schedule.services_report_schedule to aws_ecs_service.services_users",
    ]);
  });

  it("are told of when a call is not let in", () => {
    const rule = "aws_vpc_security_group_ingress_rule.services_orders_calls_users";
    expect(messages(changed(stack, { [rule]: undefined }))).toContain(
      "aws_ecs_service.services_orders cannot reach aws_ecs_service.services_users on TCP 8081 " +
        "(calls users): no rule lets it into aws_ecs_service.services_users",
    );
  });

  it("are told of when the files of one are open to another, or closed to it", () => {
    const rule = "aws_vpc_security_group_ingress_rule.services_orders_to_orders_files";
    const closed = messages(changed(stack, { [rule]: undefined })).join("\n");
    expect(closed).toContain("cannot reach aws_efs_mount_target.services_orders_file_system_a on TCP 2049");
    expect(closed).toContain("cannot reach aws_efs_mount_target.services_orders_file_system_b on TCP 2049");
    const opened = { ...stack.resource(rule), referenced_security_group_id: firewall("users") };
    expect(messages(changed(stack, { [rule]: opened })).join("\n")).toContain(
      "aws_ecs_service.services_users to aws_efs_mount_target.services_orders_file_system_a on TCP 2049",
    );
  });
});
