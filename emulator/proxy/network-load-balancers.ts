import type { AwsRequest } from "./call";
import type { Reply } from "./gap";

type Kind = "app" | "net";

/**
 * moto gives a Network Load Balancer, its listeners and their rules the ARNs of an Application Load Balancer: "app" in place of
 * "net". This writes the one to moto and the other to clients, wherever such an ARN occurs, except in objects of S3.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
export class NetworkLoadBalancers {
  /** Name and id of each. */
  private readonly known = new Set<string>();

  /** The URL or the body of a request, as moto receives it. */
  toMoto({ service }: AwsRequest, content: string): string {
    return service === "s3" ? content : this.replaced(content, "net", "app");
  }

  /** The body of a request, as moto receives it. */
  bodyToMoto(request: AwsRequest, body: Buffer): Buffer {
    return this.known.size === 0 ? body : bytes(this.toMoto(request, characters(body)));
  }

  /** A reply of moto, as clients receive it. */
  fromMoto({ service, operation, form }: AwsRequest, reply: Reply): Reply {
    if (service === "s3") return reply;
    const isCreation = operation === "CreateLoadBalancer" && form.get("Type") === "network";
    if (!isCreation && this.known.size === 0) return reply;
    const body = characters(reply.body);
    const created = isCreation && /:loadbalancer\/app\/([\w-]+\/[0-9a-f]{16})</.exec(body)?.[1];
    if (typeof created === "string") this.known.add(created);
    return { ...reply, body: bytes(this.replaced(body, "app", "net")) };
  }

  clear(): void {
    this.known.clear();
  }

  private replaced(content: string, from: Kind, to: Kind): string {
    if (this.known.size === 0) return content;
    // The slashes are encoded in forms and in the policy documents of IAM.
    const pattern = new RegExp(`(/|%2F)${from}(/|%2F)([\\w-]+)(/|%2F)([0-9a-f]{16})`, "gi");
    return content.replace(pattern, (arn, first: string, second: string, name: string, third: string, id: string) =>
      this.known.has(`${name}/${id}`) ? `${first}${to}${second}${name}${third}${id}` : arn,
    );
  }
}

// A character for each byte, so that a binary body stays as it is.
const characters = (body: Buffer): string => body.toString("latin1");
const bytes = (content: string): Buffer => Buffer.from(content, "latin1");
