import {
  CreateHttpNamespaceCommand,
  CreateServiceCommand,
  DeleteNamespaceCommand,
  DeleteServiceCommand,
  DeregisterInstanceCommand,
  GetOperationCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
  type DnsConfig,
} from "@aws-sdk/client-servicediscovery";
import { emulatorForSuite, refusal } from "../running-emulator";
import { idOf } from "./network";

describe("AWS Cloud Map", () => {
  const aws = emulatorForSuite();
  let cloudMap: ServiceDiscoveryClient;
  beforeAll(() => {
    cloudMap = new ServiceDiscoveryClient(aws.client());
  });

  const namespace = async (Name: string): Promise<string> => {
    const { OperationId } = await cloudMap.send(new CreateHttpNamespaceCommand({ Name }));
    const { Operation } = await cloudMap.send(new GetOperationCommand({ OperationId }));
    return idOf(Operation?.Targets?.NAMESPACE);
  };
  const service = async (NamespaceId: string, Name: string): Promise<string> => {
    const { Service } = await cloudMap.send(new CreateServiceCommand({ Name, NamespaceId }));
    return idOf(Service?.Id);
  };
  const deleteService = (Id: string) => refusal(cloudMap.send(new DeleteServiceCommand({ Id })));
  const deleteNamespace = (Id: string) => refusal(cloudMap.send(new DeleteNamespaceCommand({ Id })));

  it("refuses a second HTTP namespace of a name [namespace-name-in-use]", async () => {
    const create = (Name: string) => cloudMap.send(new CreateHttpNamespaceCommand({ Name }));
    await create("http");
    expect(await refusal(create("http"))).toBe("NamespaceAlreadyExists");
    expect(await refusal(create("another"))).toBe("");
  });

  it("refuses a service in a namespace that does not exist [namespace-unknown]", async () => {
    expect(await refusal(service("ns-abcdefghijklmnop", "orders"))).toBe("NamespaceNotFound");
    expect(await refusal(service(await namespace("exists"), "orders"))).toBe("");
  });

  it("refuses a second service of a name [discovery-service-name-in-use]", async () => {
    const [one, other] = [await namespace("first"), await namespace("second")];
    const id = await service(one, "orders");
    expect(await refusal(service(one, "orders"))).toBe("ServiceAlreadyExists");
    expect(await refusal(service(other, "orders"))).toBe("");
    await deleteService(id);
    expect(await refusal(service(one, "orders"))).toBe("");
  });

  it("refuses to delete a namespace with services [namespace-in-use]", async () => {
    const id = await namespace("used");
    const serviceId = await service(id, "orders");
    expect(await deleteNamespace(id)).toBe("ResourceInUse");
    await deleteService(serviceId);
    expect(await deleteNamespace(id)).toBe("");
  });

  it("refuses to delete a service with instances [service-in-use]", async () => {
    const ServiceId = await service(await namespace("instances"), "orders");
    const InstanceId = "task";
    const Attributes = { AWS_INSTANCE_IPV4: "10.0.0.1" };
    await cloudMap.send(new RegisterInstanceCommand({ ServiceId, InstanceId, Attributes }));
    expect(await deleteService(ServiceId)).toBe("ResourceInUse");
    await cloudMap.send(new DeregisterInstanceCommand({ ServiceId, InstanceId }));
    expect(await deleteService(ServiceId)).toBe("");
  });

  it("refuses a service with DNS records in an HTTP namespace [dns-service-of-http-namespace]", async () => {
    const NamespaceId = await namespace("without-dns");
    const DnsConfig: DnsConfig = { DnsRecords: [{ Type: "A", TTL: 10 }] };
    const create = (settings: object) =>
      refusal(cloudMap.send(new CreateServiceCommand({ Name: "shop", NamespaceId, ...settings })));
    expect(await create({ DnsConfig })).toBe("InvalidInput");
    expect(await create({})).toBe("");
  });
});
