import { ACMClient, DeleteCertificateCommand } from "@aws-sdk/client-acm";
import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateRestApiCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  DeleteRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateDomainNameCommand,
} from "@aws-sdk/client-api-gateway";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateApiMappingCommand,
  CreateDomainNameCommand as CreateDomainNameV2Command,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteApiMappingCommand,
  UpdateDomainNameCommand as UpdateDomainNameV2Command,
} from "@aws-sdk/client-apigatewayv2";
import { emulatorForSuite, refusal } from "../../running-emulator";
import { requestCertificate, validateCertificate } from "../certificates";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("domain names of API Gateway", () => {
  const aws = emulatorForSuite();
  let rest: APIGatewayClient;
  let http: ApiGatewayV2Client;
  let certificate: string;

  beforeAll(async () => {
    rest = new APIGatewayClient(aws.client());
    http = new ApiGatewayV2Client(aws.client());
    certificate = await requestCertificate(aws.client(), "example.com");
    await validateCertificate(aws.client(), certificate);
  });

  const restDomain = (domainName: string, regionalCertificateArn = certificate) =>
    rest.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn,
        endpointConfiguration: { types: ["REGIONAL"] },
      }),
    );
  const httpDomain = (DomainName: string, CertificateArn = certificate) =>
    http.send(
      new CreateDomainNameV2Command({
        DomainName,
        DomainNameConfigurations: [{ CertificateArn, EndpointType: "REGIONAL" }],
      }),
    );
  const restApi = async (name: string): Promise<string> => {
    const { id: restApiId = "", rootResourceId: resourceId } = await rest.send(new CreateRestApiCommand({ name }));
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await rest.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
    await rest.send(new PutIntegrationCommand({ ...method, type: "MOCK" }));
    await rest.send(new CreateDeploymentCommand({ restApiId, stageName: "one" }));
    return restApiId;
  };

  it("refuses a domain name that a REST or HTTP API has already [domain-name-in-use]", async () => {
    expect(await refusal(restDomain("rest.example.com"))).toBe("");
    expect(await refusal(restDomain("rest.example.com"))).toBe("ConflictException");
    expect(await refusal(httpDomain("rest.example.com"))).toBe("ConflictException");
    expect(await refusal(httpDomain("http.example.com"))).toBe("");
    expect(await refusal(restDomain("http.example.com"))).toBe("ConflictException");
    await rest.send(new DeleteDomainNameCommand({ domainName: "rest.example.com" }));
    expect(await refusal(httpDomain("rest.example.com"))).toBe("");
  });

  it("refuses a certificate of another region [domain-name-certificate]", async () => {
    const european = await requestCertificate(aws.client("eu-west-1"), "example.com");
    expect(await refusal(restDomain("region.example.com", european))).toBe("BadRequestException");
    expect(await refusal(httpDomain("region.example.com", european))).toBe("BadRequestException");
    const edge = new CreateDomainNameCommand({ domainName: "edge.example.com", certificateArn: european });
    const gateway = new APIGatewayClient(aws.client("eu-west-1"));
    expect(await refusal(gateway.send(edge))).toBe("BadRequestException");
    const virginian = new CreateDomainNameCommand({ domainName: "edge.example.com", certificateArn: certificate });
    expect(await refusal(gateway.send(virginian))).toBe("");
  });

  it("refuses a certificate that does not exist or is not issued [domain-name-certificate-issued]", async () => {
    const missing = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
    const pending = await requestCertificate(aws.client(), "pending.example.com");
    expect(await refusal(restDomain("pending.example.com", missing))).toBe("BadRequestException");
    expect(await refusal(httpDomain("pending.example.com", pending))).toBe("BadRequestException");
    expect(await refusal(httpDomain("pending.example.com"))).toBe("");
  });

  it("refuses such a certificate when a domain name changes, too", async () => {
    const missing = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
    const european = await requestCertificate(aws.client("eu-west-1"), "example.com");
    const pending = await requestCertificate(aws.client(), "later.example.com");
    await restDomain("changed.example.com");
    await httpDomain("changing.example.com");
    const changeRest = (value: string) => {
      const patchOperations = [{ op: "replace" as const, path: "/regionalCertificateArn", value }];
      return refusal(rest.send(new UpdateDomainNameCommand({ domainName: "changed.example.com", patchOperations })));
    };
    const changeHttp = (CertificateArn: string) => {
      const DomainNameConfigurations = [{ CertificateArn, EndpointType: "REGIONAL" as const }];
      const input = { DomainName: "changing.example.com", DomainNameConfigurations };
      return refusal(http.send(new UpdateDomainNameV2Command(input)));
    };
    for (const change of [changeRest, changeHttp]) {
      for (const wrong of [missing, european, pending]) expect(await change(wrong)).toBe("BadRequestException");
      expect(await change(certificate)).toBe("");
    }
  });

  it("frees the old certificate of a domain name of an HTTP API that has another one", async () => {
    const old = await requestCertificate(aws.client(), "moved.example.com");
    await validateCertificate(aws.client(), old);
    await httpDomain("moved.example.com", old);
    const end = () => refusal(new ACMClient(aws.client()).send(new DeleteCertificateCommand({ CertificateArn: old })));
    expect(await end()).toBe("ResourceInUseException");
    const DomainNameConfigurations = [{ CertificateArn: certificate, EndpointType: "REGIONAL" as const }];
    await http.send(new UpdateDomainNameV2Command({ DomainName: "moved.example.com", DomainNameConfigurations }));
    expect(await end()).toBe("");
  });

  it("refuses a second mapping of one path [base-path-in-use]", async () => {
    const restApiId = await restApi("mapped twice");
    await restDomain("base.example.com");
    const map = (basePath?: string) =>
      refusal(
        rest.send(
          new CreateBasePathMappingCommand({ domainName: "base.example.com", restApiId, stage: "one", basePath }),
        ),
      );
    expect(await map()).toBe("");
    expect(await map()).toBe("ConflictException");
    expect(await map("orders")).toBe("");
    expect(await map("orders")).toBe("ConflictException");

    const { ApiId } = await http.send(new CreateApiCommand({ Name: "mapped", ProtocolType: "HTTP" }));
    await http.send(new CreateStageCommand({ ApiId, StageName: "$default" }));
    await httpDomain("key.example.com");
    const mapping = { ApiId, DomainName: "key.example.com", Stage: "$default" };
    const key = (ApiMappingKey?: string) =>
      refusal(http.send(new CreateApiMappingCommand({ ...mapping, ApiMappingKey })));
    expect(await key("orders/v1")).toBe("");
    expect(await key("orders/v1")).toBe("ConflictException");
    expect(await key("orders/v2")).toBe("");
  });

  it("refuses to delete a REST API with a mapping [rest-api-mapped]", async () => {
    const restApiId = await restApi("mapped");
    const domainName = "mapped.example.com";
    await restDomain(domainName);
    await rest.send(new CreateBasePathMappingCommand({ domainName, restApiId, stage: "one", basePath: "a" }));
    const end = new DeleteRestApiCommand({ restApiId });
    expect(await refusal(rest.send(end))).toBe("BadRequestException");
    await rest.send(new DeleteBasePathMappingCommand({ domainName, basePath: "a" }));
    expect(await refusal(rest.send(end))).toBe("");
  });

  it("refuses to delete a REST API that is mapped by the API of HTTP APIs", async () => {
    const restApiId = await restApi("mapped by the other");
    const DomainName = "both.example.com";
    await httpDomain(DomainName);
    const mapping = new CreateApiMappingCommand({ ApiId: restApiId, DomainName, Stage: "one" });
    const { ApiMappingId } = await http.send(mapping);
    expect(await refusal(http.send(mapping))).toBe("ConflictException");
    const end = new DeleteRestApiCommand({ restApiId });
    expect(await refusal(rest.send(end))).toBe("BadRequestException");
    await http.send(new DeleteApiMappingCommand({ ApiMappingId, DomainName }));
    expect(await refusal(rest.send(end))).toBe("");
  });

  it("refuses to delete an HTTP API with a mapping [http-api-mapped]", async () => {
    const DomainName = "api.example.com";
    await httpDomain(DomainName);
    const { ApiId } = await http.send(new CreateApiCommand({ Name: "used", ProtocolType: "HTTP" }));
    await http.send(new CreateStageCommand({ ApiId, StageName: "$default" }));
    const mapping = new CreateApiMappingCommand({ ApiId, DomainName, Stage: "$default", ApiMappingKey: "a" });
    const { ApiMappingId } = await http.send(mapping);
    const end = new DeleteApiCommand({ ApiId });
    expect(await refusal(http.send(end))).toBe("BadRequestException");
    await http.send(new DeleteApiMappingCommand({ ApiMappingId, DomainName }));
    expect(await refusal(http.send(end))).toBe("");
  });
});
