import type { Gap } from "../proxy/gap";
import { object, parseJson, text } from "../wire/json";
import { isSuccess } from "../wire/reply";

/**
 * moto keeps the hosted zone of a deleted private namespace; affects the inventory after the destruction of
 * `aws_service_discovery_private_dns_namespace`.
 */
export function serviceDiscovery(): Gap {
  return {
    service: "servicediscovery",
    handlers: {
      DeleteNamespace: async (request, forward) => {
        const { Id } = parseJson(request.body);
        const get = { "x-amz-target": "Route53AutoNaming_v20170314.GetNamespace" };
        const { Namespace } = parseJson((await forward({ headers: get, body: JSON.stringify({ Id }) })).body);
        const zone = text(object(object(object(Namespace).Properties).DnsProperties).HostedZoneId).replace(
          "/hostedzone/",
          "",
        );
        const reply = await forward();
        if (!isSuccess(reply) || zone === "") return reply;
        const authorization = request.headers.authorization?.replace("/servicediscovery/", "/route53/");
        await forward({
          method: "DELETE",
          url: `/2013-04-01/hostedzone/${zone}`,
          // With a JSON content type moto would look for the operation in the body.
          headers: { authorization, "x-amz-target": undefined, "content-type": undefined },
          body: "",
        });
        return reply;
      },
    },
  };
}
