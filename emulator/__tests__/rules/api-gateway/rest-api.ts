import {
  APIGatewayClient,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type PutIntegrationCommandInput,
  type PutMethodCommandInput,
} from "@aws-sdk/client-api-gateway";

type Settings<Input> = Partial<Omit<Input, "restApiId" | "resourceId" | "httpMethod">>;

/** A new REST API with a method GET, in a test of the rules. */
export class RestApi {
  private constructor(
    private readonly client: APIGatewayClient,
    public readonly restApiId: string,
    public readonly resourceId: string,
  ) {}

  /** Creates the API, without methods. */
  public static async create(client: APIGatewayClient, name: string): Promise<RestApi> {
    const { id = "", rootResourceId = "" } = await client.send(new CreateRestApiCommand({ name }));
    return new RestApi(client, id, rootResourceId);
  }

  /** What names the method. */
  public get method() {
    return { restApiId: this.restApiId, resourceId: this.resourceId, httpMethod: "GET" };
  }

  /** Creates the method. */
  public putMethod(settings: Settings<PutMethodCommandInput> = {}) {
    return this.client.send(new PutMethodCommand({ authorizationType: "NONE", ...this.method, ...settings }));
  }

  /** Creates the integration of the method, by default with a URL. */
  public putIntegration(settings: Settings<PutIntegrationCommandInput> = {}) {
    const http = { type: "HTTP_PROXY", integrationHttpMethod: "GET", uri: "http://example.com" } as const;
    return this.client.send(new PutIntegrationCommand({ ...http, ...this.method, ...settings }));
  }

  /** Creates a resource; its id. */
  public async resource(pathPart: string, parentId = this.resourceId): Promise<string> {
    const input = { restApiId: this.restApiId, parentId, pathPart };
    return (await this.client.send(new CreateResourceCommand(input))).id ?? "";
  }
}
