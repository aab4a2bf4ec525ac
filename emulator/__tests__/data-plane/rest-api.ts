import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateVpcLinkCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type PutIntegrationCommandInput,
  type PutMethodCommandInput,
} from "@aws-sdk/client-api-gateway";
import type { RequestOptions } from "../..";
import type { RunningEmulator } from "../running-emulator";
import { Deployment } from "./deployment";

/** A REST API with a VPC link to a Network Load Balancer, behind which a service answers. */
export class RestApi {
  public restApiId = "";
  public backend = "";
  public readonly deployment: Deployment;
  private root = "";
  private connectionId = "";

  public constructor(private readonly aws: RunningEmulator) {
    this.deployment = new Deployment(aws);
  }

  public get client(): APIGatewayClient {
    return new APIGatewayClient(this.aws.client());
  }

  public get url(): string {
    return `https://${this.restApiId}.execute-api.us-east-1.amazonaws.com/v1`;
  }

  /** Creates the API, its VPC link and the service. */
  public async create(): Promise<void> {
    const { deployment } = this;
    const targetGroup = await deployment.targetGroup("echo", { Protocol: "TCP" });
    const actions = [{ Type: "forward" as const, TargetGroupArn: targetGroup }];
    const balancer = await deployment.balancer("inner", actions, {
      type: "network",
      port: 8081,
      scheme: "internal",
    });
    this.backend = `http://${balancer.dnsName}:8081`;
    await deployment.service(targetGroup, await deployment.taskDefinition());
    const link = await this.client.send(new CreateVpcLinkCommand({ name: "link", targetArns: [balancer.arn] }));
    this.connectionId = link.id ?? "";
    const { id = "", rootResourceId = "" } = await this.client.send(new CreateRestApiCommand({ name: "shop" }));
    this.restApiId = id;
    this.root = rootResourceId;
  }

  /** Creates a resource; its id. */
  public async resource(pathPart: string, parentId = this.root): Promise<string> {
    const input = { restApiId: this.restApiId, parentId, pathPart };
    return (await this.client.send(new CreateResourceCommand(input))).id ?? "";
  }

  /** Creates a method whose integration sends requests to a path of the service. */
  public async method(
    resourceId: string,
    httpMethod: string,
    path: string,
    settings: Partial<PutMethodCommandInput> = {},
    integration: Partial<PutIntegrationCommandInput> = {},
  ): Promise<void> {
    const ids = { restApiId: this.restApiId, resourceId, httpMethod };
    await this.client.send(new PutMethodCommand({ ...ids, authorizationType: "NONE", ...settings }));
    await this.client.send(
      new PutIntegrationCommand({
        ...ids,
        type: "HTTP_PROXY",
        integrationHttpMethod: httpMethod,
        uri: `${this.backend}${path}`,
        connectionType: "VPC_LINK",
        connectionId: this.connectionId,
        ...integration,
      }),
    );
  }

  /** Deploys the API to its stage. */
  public deploy(variables?: Record<string, string>): Promise<unknown> {
    const input = { restApiId: this.restApiId, stageName: "v1", variables };
    return this.client.send(new CreateDeploymentCommand(input));
  }

  /** Status and body of the answer to a request. */
  public async answered(path: string, options: RequestOptions = {}): Promise<[number, string]> {
    const response = await this.aws.request(`${this.url}${path}`, options);
    return [response.status, await response.text()];
  }
}
