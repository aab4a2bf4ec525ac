import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { editXml } from "../../wire/reply";
import { findAll, textOf } from "../../wire/xml";

/** moto returns a TLS policy of every listener; affects `ssl_policy` of `aws_lb_listener`, which a later change sends. */
export function listeners(): Handlers {
  const withoutPolicy = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      for (const listener of findAll(root, `${request.operation}Result`, "Listeners", "member")) {
        if (["HTTPS", "TLS"].includes(textOf(listener, "Protocol"))) continue;
        listener.children = listener.children.filter(({ name }) => name !== "SslPolicy");
      }
    });
  return { CreateListener: withoutPolicy, DescribeListeners: withoutPolicy, ModifyListener: withoutPolicy };
}
