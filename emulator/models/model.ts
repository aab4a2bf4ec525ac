import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { JsonObject } from "../wire/json";

/** A reference to a shape, with where and under which name a request has the value. */
export interface Ref {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  /** Name in the EC2 protocol, when it is another than `locationName`. */
  readonly queryName?: string;
  readonly flattened?: boolean;
  readonly idempotencyToken?: boolean;
  readonly xmlAttribute?: boolean;
}

/** The type of a value in an API model, with its constraints. */
export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Ref>>;
  readonly required?: readonly string[];
  readonly member?: Ref;
  readonly key?: Ref;
  readonly value?: Ref;
  readonly flattened?: boolean;
  readonly payload?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly union?: boolean;
  readonly document?: boolean;
  readonly streaming?: boolean;
  /** Whether the value is a secret. */
  readonly sensitive?: boolean;
  readonly timestampFormat?: string;
}

/** An operation of an API model. */
export interface OperationModel {
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input?: { readonly shape: string; readonly locationName?: string };
  readonly output?: { readonly shape: string; readonly resultWrapper?: string };
  readonly errors?: readonly { readonly shape: string }[];
  readonly deprecated?: boolean;
  /** "none" when calls of the operation are not signed. */
  readonly authtype?: string;
}

/** AWS's model of the API of one service, as botocore publishes it. */
export interface Model {
  /** Folder in botocore's data, such as "elbv2": two services may share one signing name. */
  readonly name: string;
  readonly metadata: {
    readonly endpointPrefix: string;
    /** @default - the endpoint prefix */
    readonly signingName?: string;
    readonly protocol: string;
    readonly protocols?: readonly string[];
    readonly apiVersion: string;
    readonly targetPrefix?: string;
    readonly jsonVersion?: string;
    readonly xmlNamespace?: string | { readonly uri: string };
  };
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** A call read by the model of its service. */
export interface ApiCall {
  readonly model: Model;
  /** Name of the operation in the model, such as "CreateRestApi". */
  readonly operation: string;
  /** The parameters by the names of the model, as an SDK takes them. */
  readonly input: JsonObject;
  /** What contradicts the model. */
  readonly problems: readonly string[];
}

/** Folders of the services whose signing name is another; the first that has an operation is taken. */
const folders: Readonly<Record<string, readonly string[]>> = {
  "access-analyzer": ["accessanalyzer"],
  aoss: ["opensearchserverless"],
  apigateway: ["apigatewayv2", "apigateway"],
  aps: ["amp"],
  "aws-marketplace": ["meteringmarketplace", "marketplace-catalog", "marketplace-agreement"],
  bedrock: ["bedrock", "bedrock-agent", "bedrock-runtime", "bedrock-agent-runtime"],
  "bedrock-agentcore": ["bedrock-agentcore-control", "bedrock-agentcore"],
  cassandra: ["keyspaces"],
  cloudcontrolapi: ["cloudcontrol"],
  cloudhsm: ["cloudhsmv2", "cloudhsm"],
  "connect-campaigns": ["connectcampaigns", "connectcampaignsv2"],
  dynamodb: ["dynamodb", "dynamodbstreams"],
  elasticfilesystem: ["efs"],
  elasticloadbalancing: ["elbv2", "elb"],
  elasticmapreduce: ["emr"],
  es: ["opensearch", "es"],
  "execute-api": ["apigatewaymanagementapi"],
  iotdata: ["iot-data"],
  kinesisanalytics: ["kinesisanalyticsv2", "kinesisanalytics"],
  kinesisvideo: ["kinesisvideo", "kinesis-video-archived-media"],
  lex: ["lexv2-models", "lexv2-runtime", "lex-models", "lex-runtime"],
  mediastore: ["mediastore", "mediastore-data"],
  mobiletargeting: ["pinpoint"],
  monitoring: ["cloudwatch"],
  rds: ["rds", "neptune", "docdb"],
  s3: ["s3", "s3control"],
  sagemaker: ["sagemaker", "sagemaker-runtime", "sagemaker-metrics"],
  servicecatalog: ["servicecatalog", "servicecatalog-appregistry"],
  servicequotas: ["service-quotas"],
  ses: ["sesv2", "ses"],
  sso: ["sso-admin"],
  states: ["stepfunctions"],
  tagging: ["resourcegroupstaggingapi"],
  timestream: ["timestream-write", "timestream-query"],
};

/** The name of a service in the signature of its calls. */
export function signingName({ metadata }: Model): string {
  return metadata.signingName ?? metadata.endpointPrefix;
}

/** AWS's API models, each loaded when its service is called first: a model takes 10 to 90 ms. */
export class Models {
  private readonly loaded = new Map<string, Model | undefined>();

  /** @param data folder `data` of botocore */
  constructor(private readonly data: string) {}

  /** The models of the services with a signing name; none when botocore has no such service. */
  of(signingName: string): readonly Model[] {
    return (folders[signingName] ?? [signingName]).flatMap((folder) => this.load(folder) ?? []);
  }

  private load(folder: string): Model | undefined {
    if (!this.loaded.has(folder)) this.loaded.set(folder, readModel(this.data, folder));
    return this.loaded.get(folder);
  }
}

function readModel(data: string, folder: string): Model | undefined {
  // The name comes from the signature of a call.
  if (!/^[\w-]+$/.test(folder) || !existsSync(join(data, folder))) return undefined;
  const entries = readdirSync(join(data, folder), { withFileTypes: true });
  const versions = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const file = join(data, folder, versions.sort().at(-1) ?? "", "service-2.json");
  const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
  // JSON.parse is untyped; the format is botocore's: https://github.com/boto/botocore/tree/develop/botocore/data
  return { ...(JSON.parse(text.toString()) as Omit<Model, "name">), name: folder };
}
