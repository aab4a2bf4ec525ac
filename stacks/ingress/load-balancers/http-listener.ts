import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { Construct } from "constructs";
import { encodedJson } from "../../json";
import type { ApplicationLoadBalancer } from "./application-load-balancer";
import { tlsPolicy } from "./tls-policy";

export interface HttpListenerProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  /** Speaks HTTPS when given. @default - HTTP */
  readonly certificateArn?: string;
}

/** The listener of an ALB on 443, or on 80 without a certificate: what no rule takes is answered with 404. */
export class HttpListener extends LbListener {
  /** Port of the listener, which is known before it exists. */
  public readonly listenerPort: number;

  constructor(scope: Construct, id: string, props: HttpListenerProps) {
    const { loadBalancer, certificateArn } = props;
    const port = certificateArn === undefined ? 80 : 443;
    super(scope, id, {
      loadBalancerArn: loadBalancer.arn,
      port,
      ...(certificateArn === undefined
        ? { protocol: "HTTP" }
        : { protocol: "HTTPS", certificateArn, sslPolicy: tlsPolicy }),
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: {
            statusCode: "404",
            contentType: "application/json",
            messageBody: encodedJson({ message: "Not Found" }),
          },
        },
      ],
    });
    this.listenerPort = port;
  }
}
