import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  CreateVpcLinkCommand,
  type CreateRouteCommandInput,
} from "@aws-sdk/client-apigatewayv2";
import type { RequestOptions } from "../..";
import type { RunningEmulator } from "../running-emulator";
import { Deployment } from "./deployment";

/** An HTTP API with a VPC link to a listener, behind which a service answers; its stage is `$default`. */
export class HttpApi {
  public ApiId = "";
  public readonly deployment: Deployment;
  private integration = "";
  private vpcLink = "";
  private listenerArn = "";

  public constructor(private readonly aws: RunningEmulator) {
    this.deployment = new Deployment(aws);
  }

  public get client(): ApiGatewayV2Client {
    return new ApiGatewayV2Client(this.aws.client());
  }

  public get url(): string {
    return `https://${this.ApiId}.execute-api.us-east-1.amazonaws.com`;
  }

  /** Creates the API, its VPC link and the service. */
  public async create(): Promise<void> {
    const { deployment } = this;
    const targetGroup = await deployment.targetGroup("echo");
    const balancer = await deployment.balancer("inner", [{ Type: "forward", TargetGroupArn: targetGroup }], {
      scheme: "internal",
    });
    this.listenerArn = balancer.listenerArn;
    await deployment.service(targetGroup, await deployment.taskDefinition());
    const api = await this.client.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP" }));
    this.ApiId = api.ApiId ?? "";
    const SubnetIds = [await deployment.subnet()];
    const SecurityGroupIds = [(await deployment.network).linkGroup];
    const link = await this.client.send(new CreateVpcLinkCommand({ Name: "link", SubnetIds, SecurityGroupIds }));
    this.vpcLink = link.VpcLinkId ?? "";
    this.integration = await this.integrate();
    await this.client.send(new CreateStageCommand({ ApiId: this.ApiId, StageName: "$default", AutoDeploy: true }));
  }

  /** Creates an integration with the listener; its id. */
  public async integrate(settings: object = {}): Promise<string> {
    const { IntegrationId = "" } = await this.client.send(
      new CreateIntegrationCommand({
        ApiId: this.ApiId,
        IntegrationType: "HTTP_PROXY",
        IntegrationMethod: "ANY",
        IntegrationUri: this.listenerArn,
        ConnectionType: "VPC_LINK",
        ConnectionId: this.vpcLink,
        PayloadFormatVersion: "1.0",
        ...settings,
      }),
    );
    return IntegrationId;
  }

  /** Creates a route to the integration with the listener. */
  public async route(RouteKey: string, settings: Partial<CreateRouteCommandInput> = {}): Promise<void> {
    const Target = `integrations/${this.integration}`;
    await this.client.send(new CreateRouteCommand({ ApiId: this.ApiId, RouteKey, Target, ...settings }));
  }

  /** Status and body of the answer to a request. */
  public async answered(path: string, options: RequestOptions = {}): Promise<[number, string]> {
    const response = await this.aws.request(`${this.url}${path}`, options);
    return [response.status, await response.text()];
  }
}
