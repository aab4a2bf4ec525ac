/** Methods of a path; `x-amazon-apigateway-any-method` is all that the path has no operation of its own for. */
export type PathMethod =
  "get" | "head" | "post" | "put" | "patch" | "delete" | "options" | "x-amazon-apigateway-any-method";

/** The operations of a path by method. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export type PathItem = Readonly<Partial<Record<PathMethod, Operation>>>;

/** One method of a path, in OpenAPI 3.0 with the extensions of API Gateway. */
export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
  /** Requirements, all of which API Gateway checks. @default - public */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  /** Method responses by status code. */
  readonly responses: Readonly<Record<string, object>>;
  readonly "x-amazon-apigateway-request-validator"?: string;
  readonly "x-amazon-apigateway-integration": Readonly<Record<string, unknown>>;
}

/** A parameter of a request. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: true;
  readonly schema: { readonly type: "string" };
}

/** A required parameter. */
export function parameter(location: Parameter["in"], name: string): Parameter {
  return { name, in: location, required: true, schema: { type: "string" } };
}

/** The declaration of response headers, which an integration response may set. */
export function declaredHeaders(names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, { schema: { type: "string" } }]));
}

/** A REST API as far as code beside a stage file extends it. */
export interface OwnPaths {
  /**
   * Adds operations of your own to the document, such as routes to Lambda functions.
   *
   * @param path such as `/reports/{id}`
   * @throws Error when the API has one of the methods already
   */
  addPath(path: string, item: PathItem): void;
}

/** The OpenAPI document of a REST API, to which paths are added until the stack is synthesized. */
export class RestDocument {
  private readonly paths: Record<string, Partial<Record<PathMethod, Operation>>> = {};
  private readonly schemas: Record<string, object> = {};
  private readonly validators: Record<string, object> = {};
  /** For the body of the API; it follows what is added later. */
  public readonly content: object;

  constructor(fields: {
    readonly info: { readonly title: string; readonly description: string };
    readonly securitySchemes: object;
    readonly gatewayResponses: object;
  }) {
    const { info, securitySchemes, gatewayResponses } = fields;
    this.content = {
      openapi: "3.0.1",
      info: { ...info, version: "1" },
      paths: this.paths,
      components: { securitySchemes, schemas: this.schemas },
      "x-amazon-apigateway-request-validators": this.validators,
      "x-amazon-apigateway-gateway-responses": gatewayResponses,
    };
  }

  /** The paths that have an operation. */
  public get allPaths(): readonly string[] {
    return Object.keys(this.paths);
  }

  /** @throws Error when the path has one of the methods already */
  public addPath(path: string, item: PathItem): void {
    const known = (this.paths[path] ??= {});
    const twice = Object.keys(item).find((method) => method in known);
    if (twice !== undefined) throw new Error(`the REST API has ${path} with the method ${twice} already; remove one`);
    Object.assign(known, item);
  }

  /** Adds a request validator; returns its name. */
  public addValidator(name: string, parameters: boolean, body: boolean): string {
    this.validators[name] = { validateRequestParameters: parameters, validateRequestBody: body };
    return name;
  }

  /** Adds a model, whose name must be alphanumeric; returns the reference to it. */
  public addSchema(name: string, schema: object): { readonly $ref: string } {
    this.schemas[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }
}
