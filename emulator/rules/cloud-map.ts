import { list, object, objects, text } from "../wire/json";
import type { RuleCall, RuleSet } from "./rule";

const service = "servicediscovery";
const reference = "https://docs.aws.amazon.com/cloud-map/latest/api";

/** Rules of AWS Cloud Map between namespaces, services and instances. */
export function cloudMap(): RuleSet {
  return {
    rules: [
      {
        name: "namespace-name-in-use",
        service,
        operations: ["CreateHttpNamespace"],
        code: "NamespaceAlreadyExists",
        rule: "A region has one HTTP namespace of a name.",
        source: `${reference}/API_CreateHttpNamespace.html`,
        refuse: async ({ input, ask }) => {
          const { Namespaces } = await ask("ListNamespaces", { MaxResults: 100 });
          return objects(Namespaces).some(({ Name, Type }) => Name === input.Name && Type === "HTTP")
            ? `Namespace with name ${text(input.Name)} already exists.`
            : undefined;
        },
      },
      {
        name: "namespace-unknown",
        service,
        operations: ["CreateService"],
        code: "NamespaceNotFound",
        rule: "The namespace of a service exists.",
        source: `${reference}/API_CreateService.html`,
        refuse: async ({ input, ask }) => {
          const Id = text(input.NamespaceId);
          return Id === "" || (await ask("GetNamespace", { Id })).Namespace !== undefined
            ? undefined
            : `Namespace ${Id} not found.`;
        },
      },
      {
        name: "dns-service-of-http-namespace",
        service,
        operations: ["CreateService"],
        code: "InvalidInput",
        rule: "A service with DNS records is not in an HTTP namespace.",
        source: `${reference}/API_CreateService.html`,
        refuse: async ({ input, ask }) => {
          if (list(object(input.DnsConfig).DnsRecords).length === 0) return undefined;
          const Id = text(input.NamespaceId) || text(object(input.DnsConfig).NamespaceId);
          const { Namespace } = Id === "" ? {} : await ask("GetNamespace", { Id });
          return object(Namespace).Type === "HTTP"
            ? `A DnsConfig can't be specified for a service in the HTTP namespace ${Id}.`
            : undefined;
        },
      },
      {
        name: "discovery-service-name-in-use",
        service,
        operations: ["CreateService"],
        code: "ServiceAlreadyExists",
        rule: "A namespace has one service of a name.",
        source: `${reference}/API_CreateService.html`,
        refuse: async (call) => {
          const name = text(call.input.Name);
          const names = await serviceNames(call, text(call.input.NamespaceId));
          return names.includes(name) ? `Service ${name} already exists.` : undefined;
        },
      },
      {
        name: "namespace-in-use",
        service,
        operations: ["DeleteNamespace"],
        code: "ResourceInUse",
        rule: "A namespace with services cannot be deleted.",
        source: `${reference}/API_DeleteNamespace.html`,
        refuse: async (call) =>
          (await serviceNames(call, text(call.input.Id))).length > 0
            ? "Namespace contains services; delete the services before deleting the namespace."
            : undefined,
      },
      {
        name: "service-in-use",
        service,
        operations: ["DeleteService"],
        code: "ResourceInUse",
        rule: "A service with instances cannot be deleted.",
        source: `${reference}/API_DeleteService.html`,
        refuse: async ({ input, ask }) =>
          list((await ask("ListInstances", { ServiceId: text(input.Id) })).Instances).length > 0
            ? "Service contains registered instances; delete the instances before deleting the service."
            : undefined,
      },
    ],
  };
}

/** The names of the services of a namespace. */
async function serviceNames({ ask }: RuleCall, namespaceId: string): Promise<readonly string[]> {
  const { Services } = await ask("ListServices", { MaxResults: 100 });
  const services = await Promise.all(objects(Services).map(({ Id }) => ask("GetService", { Id: text(Id) })));
  return services
    .map(({ Service }) => object(Service))
    .filter(({ NamespaceId }) => NamespaceId === namespaceId)
    .map(({ Name }) => text(Name));
}
