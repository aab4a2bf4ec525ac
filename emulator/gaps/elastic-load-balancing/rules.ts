import type { AwsRequest, Handler, Handlers } from "../../proxy/gap";
import { editXml } from "../../wire/reply";
import { findAll, type Element } from "../../wire/xml";

/** A value that no request has. */
const placeholder = "regular-expressions-of-the-emulator";

/**
 * moto takes no condition that has regular expressions alone; affects `regex_values` of the conditions of `aws_lb_listener_rule`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_PathPatternConditionConfig.html
 */
export function rules(): Handlers {
  const read: Handler = async (request, forward) =>
    editXml(await forward(), (root) => {
      for (const condition of findAll(root, `${request.operation}Result`, "Rules", "member", "Conditions", "member")) {
        condition.children = withoutPlaceholder(condition.children.map(withoutValue));
      }
    });
  const write: Handler = (request, forward) => read(request, () => forward({ body: withValues(request) }));
  return { CreateRule: write, ModifyRule: write, DescribeRules: read, SetRulePriorities: read };
}

/** The request with a value in each condition that has regular expressions. */
function withValues({ form }: AwsRequest): string {
  const sent = new URLSearchParams(form);
  for (const key of form.keys()) {
    const [, config] = /^(Conditions\.member\.\d+\.[A-Za-z]+Config)\.RegexValues\.member\.1$/.exec(key) ?? [];
    if (config !== undefined) sent.set(`${config}.Values.member.1`, placeholder);
  }
  return sent.toString();
}

function withoutValue(config: Element): Element {
  return { ...config, children: withoutPlaceholder(config.children) };
}

function withoutPlaceholder(children: readonly Element[]): Element[] {
  return children.filter(({ name, children: [value] }) => name !== "Values" || value?.text !== placeholder);
}
