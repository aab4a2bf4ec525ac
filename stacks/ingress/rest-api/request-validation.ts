import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Construct } from "constructs";
import type { Route } from "../../../schema/route";
import { encodedJson } from "../../json";
import { hashOf } from "../../naming";

/** Arguments of a method for request validation. */
export interface MethodValidation {
  readonly parameters: Readonly<Record<string, boolean>>;
  readonly settings: { readonly requestValidatorId?: string; readonly requestModels?: Record<string, string> };
}

export interface RequestValidationProps {
  readonly api: ApiGatewayRestApi;
}

/** Request validation: a validator and the models of bodies, created for the routes that require them. */
export class RequestValidation extends Construct {
  /** Configuration that a deployment copies, for its hash. */
  public readonly content: object[] = [];
  private readonly models = new Map<string, ApiGatewayModel>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RequestValidationProps,
  ) {
    super(scope, id);
  }

  public for({ required }: Route): MethodValidation {
    if (required === undefined) return { parameters: {}, settings: {} };
    const { query, headers, body } = required;
    const parameters = [
      ...query.map((name) => `method.request.querystring.${name}`),
      ...headers.map((name) => `method.request.header.${name}`),
    ];
    return {
      parameters: Object.fromEntries(parameters.map((name) => [name, true])),
      settings: {
        requestValidatorId: this.validator().id,
        ...(body !== undefined && { requestModels: { "application/json": this.model(body).name } }),
      },
    };
  }

  private validator(): ApiGatewayRequestValidator {
    const existing = this.node.tryFindChild("validator");
    if (existing instanceof ApiGatewayRequestValidator) return existing;
    return new ApiGatewayRequestValidator(this, "validator", {
      name: "parameters-and-body",
      restApiId: this.props.api.id,
      validateRequestParameters: true,
      validateRequestBody: true,
    });
  }

  /** Named after its content: a changed model is a new one, beside the old one that methods still refer to. */
  private model(schema: object): ApiGatewayModel {
    const name = `body${hashOf(JSON.stringify(schema))}`;
    const existing = this.models.get(name);
    if (existing !== undefined) return existing;
    const model = new ApiGatewayModel(this, name, {
      restApiId: this.props.api.id,
      name,
      contentType: "application/json",
      schema: encodedJson(schema),
      lifecycle: { createBeforeDestroy: true },
    });
    this.models.set(name, model);
    this.content.push(schema);
    return model;
  }
}
