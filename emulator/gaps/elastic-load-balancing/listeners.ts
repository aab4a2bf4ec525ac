import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { findAll, parseXml, textOf } from "../../wire/xml";

/** moto returns a TLS policy of every listener; affects `ssl_policy` of `aws_lb_listener`, which a later change sends. */
export function listeners(): Handlers {
  const withoutPolicy = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      for (const listener of findAll(root, `${request.operation}Result`, "Listeners", "member")) {
        if (["HTTPS", "TLS"].includes(textOf(listener, "Protocol"))) continue;
        listener.children = listener.children.filter(({ name }) => name !== "SslPolicy");
      }
    });
  return {
    CreateListener: withoutPolicy,
    DescribeListeners: withoutPolicy,
    ModifyListener: async (request, forward) => {
      const [, ...others] = named(request).length > 0 ? await certificatesOf(request, forward) : [];
      const reply = await withoutPolicy(request, forward);
      if (isSuccess(reply)) await send(request, forward, "AddListenerCertificates", others);
      return reply;
    },
    RemoveListenerCertificates: async (request, forward) => {
      const [own = "", ...others] = await certificatesOf(request, forward);
      const removed = named(request);
      const reply = await forward();
      if (!isSuccess(reply) || !removed.includes(own)) return reply;
      const left = others.filter((arn) => !removed.includes(arn));
      await send(request, forward, "RemoveListenerCertificates", left);
      await send(request, forward, "AddListenerCertificates", [own, ...left]);
      return reply;
    },
  };
}

/** The certificates that a request names. */
function named({ form }: AwsRequest): readonly string[] {
  return formObjects(form, "Certificates").map((certificate) => certificate.get("CertificateArn") ?? "");
}

// moto has one list, with the default certificate first, which AWS keeps apart: it loses the others when the default one
// changes, and the default one when the same certificate leaves the others.
async function certificatesOf(request: AwsRequest, forward: Forward): Promise<readonly string[]> {
  const reply = await send(request, forward, "DescribeListenerCertificates");
  if (reply === undefined || !isSuccess(reply)) return [];
  return findAll(parseXml(reply.body), "DescribeListenerCertificatesResult", "Certificates", "member").map((member) =>
    textOf(member, "CertificateArn"),
  );
}

async function send(
  { form }: AwsRequest,
  forward: Forward,
  Action: string,
  arns?: readonly string[],
): Promise<Reply | undefined> {
  if (arns?.length === 0) return undefined;
  const body = new URLSearchParams({
    Action,
    Version: form.get("Version") ?? "2015-12-01",
    ListenerArn: form.get("ListenerArn") ?? "",
  });
  for (const [index, arn] of (arns ?? []).entries()) body.set(`Certificates.member.${index + 1}.CertificateArn`, arn);
  return forward({ body: body.toString() });
}
