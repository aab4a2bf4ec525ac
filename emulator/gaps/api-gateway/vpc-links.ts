import { internalRequest } from "../../proxy/call";
import type { AwsRequest, Forward, Handlers } from "../../proxy/gap";
import { list, objects, parseJson, text } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";
import type { Overlay } from "../overlay";

/**
 * moto makes every VPC link of REST APIs available; on AWS one whose target is not a Network Load Balancer that exists ends
 * as FAILED; affects `aws_api_gateway_vpc_link`: https://github.com/hashicorp/terraform-provider-aws/issues/30910
 */
export function vpcLinks(overlay: Overlay): Handlers {
  return {
    "POST /vpclinks": async (request, forward) => {
      const [target] = list(parseJson(request.body).targetArns).map(text);
      const statusMessage = target === undefined ? undefined : await failureOf(request, forward, target);
      const reply = await forward();
      if (statusMessage === undefined) return reply;
      return editJson(reply, (link) => {
        const path = `/vpclinks/${text(link.id)}`;
        overlay.set(request, path, { status: "FAILED", statusMessage });
        return overlay.apply(request, path, link);
      });
    },
    "GET /vpclinks": async (request, forward) =>
      editJson(await forward(), ({ item, ...body }) => ({
        ...body,
        item: objects(item).map((link) => overlay.apply(request, `/vpclinks/${text(link.id)}`, link)),
      })),
  };
}

async function failureOf(request: AwsRequest, forward: Forward, target: string): Promise<string | undefined> {
  if (!target.includes(":loadbalancer/net/")) return "NLB ARN is malformed";
  const { account, region } = request;
  const { headers } = internalRequest({ service: "elasticloadbalancing", account, region });
  const body = new URLSearchParams({
    Action: "DescribeLoadBalancers",
    Version: "2015-12-01",
    "LoadBalancerArns.member.1": target,
  }).toString();
  const form = { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) };
  const found = await forward({ method: "POST", url: "/", headers: { ...headers, ...form }, body });
  return isSuccess(found) ? undefined : "NLB is not found";
}
