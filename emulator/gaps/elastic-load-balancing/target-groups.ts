import type { AwsRequest, Handler, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, findAll, setChild, textOf } from "../../wire/xml";

const delayKey = "deregistration_delay.timeout_seconds";
const longestDelay = "3600";
const longestDelayOfMoto = "3599";

/**
 * moto refuses a deregistration delay of 3600 seconds, the longest that AWS takes; affects `deregistration_delay` of
 * `aws_lb_target_group`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function targetGroups(): Handlers {
  const longest = new Store<true>();

  const withDelay: Handler = async (request, forward) =>
    editXml(await forward(), (root) => {
      if (!longest.of(request).has(targetGroupOf(request))) return;
      for (const attribute of findAll(root, `${request.operation}Result`, "Attributes", "member")) {
        if (textOf(attribute, "Key") === delayKey) setChild(attribute, element("Value", longestDelay));
      }
    });

  return {
    DescribeTargetGroupAttributes: withDelay,
    ModifyTargetGroupAttributes: async (request, forward) => {
      const sent = formObjects(request.form, "Attributes").find((attribute) => attribute.get("Key") === delayKey);
      const form = new URLSearchParams(request.form);
      for (const [key, value] of request.form) {
        if (value !== delayKey || sent?.get("Value") !== longestDelay) continue;
        form.set(key.replace(/Key$/, "Value"), longestDelayOfMoto);
      }
      const reply = await forward({ body: form.toString() });
      if (!isSuccess(reply)) return reply;
      if (sent?.get("Value") === longestDelay) longest.of(request).set(targetGroupOf(request), true);
      else if (sent) longest.of(request).delete(targetGroupOf(request));
      return withDelay(request, () => Promise.resolve(reply));
    },
  };
}

function targetGroupOf({ form }: AwsRequest): string {
  return form.get("TargetGroupArn") ?? "";
}
