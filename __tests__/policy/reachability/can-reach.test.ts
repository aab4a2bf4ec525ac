import { canReach } from "network-paths";
import { minimalStage, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, modelOf } from "./analysis";

const service = "aws_ecs_service.services_orders";

describe("canReach", () => {
  const network = { ...minimalStage.network, egress: { mode: "nat-gateway" as const } };
  const model = modelOf(new Synthesized(stageWith({ network })).json);

  it("checks one source, destination and port", () => {
    expect(canReach(model, "aws_lb.ingress_nlb", service, 8080)).toEqual({ reachable: true });
    expect(canReach(model, "aws_lb.ingress_nlb", service, 22)).toMatchObject({ reachable: false });
    expect(canReach(model, service, "aws_lb.ingress_nlb", 8080)).toMatchObject({ reachable: false });
    expect(canReach(model, "internet", service, 8080)).toEqual({
      reachable: false,
      blockedReason: `${service} has no public IP`,
    });
  });

  it("is false between two VPCs", () => {
    const stack = new Synthesized(stageWith());
    const other = { vpc_id: "${aws_vpc.other.id}", cidr_block: "10.0.0.0/24" };
    const moved = changed(stack, {
      "aws_subnet.other": other,
      "aws_lb.ingress_nlb": { subnets: ["${aws_subnet.other.id}"] },
    });
    expect(canReach(modelOf(moved), "aws_lb.ingress_nlb", service, 8080)).toEqual({
      reachable: false,
      blockedReason: "they are in different VPCs",
    });
  });

  it("uses the route to the internet for AWS services without a VPC endpoint", () => {
    expect(canReach(model, service, "sqs", 443)).toEqual({ reachable: true });
    expect(canReach(model, "aws_lb.ingress_nlb", "sqs", 443)).toMatchObject({ reachable: false });
  });

  it("is false for unknown resources", () => {
    const blockedReason = "aws_lb.other has no known network interface";
    expect(canReach(model, "aws_lb.other", service, 8080)).toEqual({ reachable: false, blockedReason });
    expect(canReach(model, service, "aws_lb.other", 443)).toEqual({ reachable: false, blockedReason });
  });
});
