import { canReach, readModel } from "../../../policy/reachability";
import { minimalStage, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed } from "./changed";

const service = "aws_ecs_service.services_orders";

describe("the question who reaches whom", () => {
  const network = { ...minimalStage.network, egress: { mode: "nat-gateway" as const } };
  const model = readModel(new Synthesized(stageWith({ network })).json);

  it("is answered for one pair and port", () => {
    expect(canReach(model, "aws_lb.ingress_nlb", service, 8080)).toEqual({ reached: true });
    expect(canReach(model, "aws_lb.ingress_nlb", service, 22)).toMatchObject({ reached: false });
    expect(canReach(model, service, "aws_lb.ingress_nlb", 8080)).toMatchObject({ reached: false });
    expect(canReach(model, "internet", service, 8080)).toEqual({
      reached: false,
      reason: `${service} has no public IP`,
    });
  });

  it("is no between two VPCs", () => {
    const stack = new Synthesized(stageWith());
    const other = { vpc_id: "${aws_vpc.other.id}", cidr_block: "10.0.0.0/24" };
    const moved = changed(stack, {
      "aws_subnet.other": other,
      "aws_lb.ingress_nlb": { subnets: ["${aws_subnet.other.id}"] },
    });
    expect(canReach(readModel(moved), "aws_lb.ingress_nlb", service, 8080)).toEqual({
      reached: false,
      reason: "they stand in different VPCs",
    });
  });

  it("is answered for AWS services that have no endpoint, by the way to the internet", () => {
    expect(canReach(model, service, "sqs", 443)).toEqual({ reached: true });
    expect(canReach(model, "aws_lb.ingress_nlb", "sqs", 443)).toMatchObject({ reached: false });
  });

  it("has no answer for strangers", () => {
    const reason = "no network interface of aws_lb.other is known";
    expect(canReach(model, "aws_lb.other", service, 8080)).toEqual({ reached: false, reason });
    expect(canReach(model, service, "aws_lb.other", 443)).toEqual({ reached: false, reason });
  });
});
