import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { DataPlane, type TaskCommands } from "./data-plane";
import { requestTo, type RequestOptions } from "./data-plane/request";
import { signIn, type PoolClient, type UserTokens } from "./data-plane/token/sign-in";
import { DefaultVpcs } from "./default-vpcs";
import { emulatorEnvironment } from "./environment";
import { documentLayer } from "./documents/layer";
import { createGaps } from "./gaps";
import { imports } from "./gaps/api-gateway/import/layer";
import { MaintenanceWindow } from "./gaps/maintenance-window";
import { databaseSecurityGroups } from "./gaps/rds/security-groups";
import { authorizeBy } from "./data-plane/task/execution-role";
import { authorization, policyDocuments, rolesOf } from "./iam/layer";
import { neededActions } from "./iam/needed-actions";
import { Inventory, type EmulatedResource } from "./inventory";
import { Aws } from "./models/aws";
import { findModels } from "./models/botocore";
import { identification } from "./models/identification";
import { cloudWatchProtocols, reading, validation } from "./models/layers";
import { Models } from "./models/model";
import { startMoto } from "./moto";
import { networkHops } from "./network/hops";
import {
  checkArns,
  checkHostedZones,
  createInitialState,
  initialResources,
  type Bucket,
  type InitialRole,
} from "./initial-state";
import { Callers } from "./proxy/callers";
import type { InternalCall } from "./proxy/call";
import type { Reply } from "./proxy/gap";
import { Proxy } from "./proxy/proxy";
import { RecordFile } from "./record/file";
import { recording } from "./record/record";
import { checkRegion } from "./regions";
import { RouteWatch } from "./routes/watch";
import { rulesLayer } from "./rules/layer";
import { createRules, type RuleOptions } from "./rules";

export { exportLines, runCommand, untilStopped } from "./command";
export type { TaskCommand, TaskCommands, Variables } from "./data-plane";
export type { RequestOptions } from "./data-plane/request";
export type { PoolClient, UserTokens } from "./data-plane/token/sign-in";
export type { Bucket, InitialRole } from "./initial-state";
export type { EmulatedResource } from "./inventory";
export type { CallerActions } from "./record/actions";
export type { DeletedData } from "./record/data";
export type { RecordedAction, RecordedCall, RecordedProblem, RecordedRoute } from "./record/line";
export type { Outage, Period, RouteReport } from "./record/outages";
export { readRecord, type CallRecord } from "./record/read";
export { reportOf, type Report } from "./record/report";
export { reportLines } from "./record/text";
export { freePort, hasEnded, lastLines, stop, supervise, type Supervised } from "./supervise";
export type { Times } from "./time";

export interface EmulatorOptions extends RuleOptions {
  /** Account of the calls that are made without an assumed role. */
  readonly accountId: string;
  /** Region in the environment variables. @default "us-east-1" */
  readonly region?: string;
  /** Address from which all calls come, for conditions on aws:SourceIp. @default "127.0.0.1" */
  readonly sourceIp?: string;
  /** S3 buckets that exist from the start. @default - none */
  readonly buckets?: readonly Bucket[];
  /** Names of public hosted zones that exist from the start. @default - none */
  readonly hostedZones?: readonly string[];
  /** Regions in which the account's settings of API Gateway have a role for logs from the start. @default - none */
  readonly apiGatewayLogRegions?: readonly string[];
  /** Roles that exist from the start. @default - none */
  readonly roles?: readonly InitialRole[];
  /**
   * ARNs of managed policies that exist from the start, such as permissions boundaries; they allow everything.
   * @default - none but those of AWS
   */
  readonly policies?: readonly string[];
  /**
   * File to which every call and every change of the routes that are served is written, one line of JSON each.
   *
   * @default - nothing is recorded
   */
  readonly record?: string;
  /** Path or name of the program moto_server. @default "moto_server" from the PATH */
  readonly motoServer?: string;
  /**
   * Commands that run as local processes in place of containers, by image or repository. @default - requests that reach
   * a task get 503
   */
  readonly commands?: TaskCommands;
  /** Receives a message on each task that does not start, and when moto ends by itself. @default - nothing runs */
  readonly warn?: (message: string) => void;
}

export interface Emulator {
  /** Address of the emulated AWS: http://127.0.0.1:PORT */
  readonly endpoint: string;
  /** Variables for Terraform, the AWS CLI and the SDKs, to add to process.env; undefined unsets a variable. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Requests a URL of the emulated AWS, such as that of a load balancer or an API, as `fetch` does. Other programs send
   * such a request to the endpoint, with the URL's host name in the header Host.
   */
  request(url: string, options?: RequestOptions): Promise<Response>;
  /**
   * Creates a user of a user pool, and signs it in.
   *
   * @throws Error with AWS's code and message when the user pool or the client does not exist
   */
  signIn(client: PoolClient): Promise<UserTokens>;
  /** The resources that exist now and did not exist after the start. */
  inventory(): Promise<readonly EmulatedResource[]>;
  /** Messages on the calls that are not emulated. */
  readonly unanswered: readonly string[];
  /** Makes the changes of databases and caches that wait for the next maintenance window. */
  openMaintenanceWindow(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts an emulated AWS, which ends at the latest with this process.
 *
 * @throws Error when an ARN is invalid, moto does not start, or what exists from the start cannot be created
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const {
    accountId,
    region = "us-east-1",
    buckets = [],
    hostedZones = [],
    apiGatewayLogRegions = [],
    record,
    motoServer = "moto_server",
    commands = {},
    roles: initialRoles = [],
    policies = [],
  } = options;
  const initial = { buckets, hostedZones, apiGatewayLogRegions, roles: initialRoles, policies };
  checkArns(initialRoles, policies);
  checkHostedZones(hostedZones);
  const recordFile = record === undefined ? undefined : new RecordFile(record);
  const modelsFolder = await findModels(motoServer);
  await checkRegion(modelsFolder, region);
  const models = new Models(modelsFolder);
  const moto = await startMoto(motoServer);
  void moto.ended.then(options.warn);
  const callers = new Callers(accountId);
  const unanswered: string[] = [];
  const window = new MaintenanceWindow();
  const send = (call: InternalCall): Promise<Reply> => proxy.send(call);
  const aws = new Aws(models, { send });
  const roles = rolesOf(aws, options.time?.roleDelaySeconds);
  const network = networkHops(aws);
  const defaultVpcs = new DefaultVpcs(aws);
  const accounts = (): readonly string[] => callers.accounts();
  const dataPlane = new DataPlane({
    aws,
    send,
    accounts,
    region,
    commands,
    authorize: authorizeBy(aws, roles),
    warn: options.warn,
    time: options.time,
    hopAllowed: network.hopAllowed,
    environment: (taskRegion) => emulatorEnvironment(endpointOf(proxy), taskRegion),
  });
  const watch =
    recordFile &&
    new RouteWatch({
      aws,
      send,
      accounts,
      region,
      time: options.time,
      write: (line) => {
        recordFile.write(line);
      },
    });
  const proxy: Proxy = new Proxy({
    upstream: moto.upstream,
    upstreamEnded: moto.ended,
    callers,
    models,
    createGaps: () => createGaps(callers, window, options.time),
    createLayers: () => [
      reading(models),
      ...(watch ? [watch.layer] : []),
      ...(recordFile ? [recording(recordFile, neededActions(aws))] : []),
      identification(models),
      validation(),
      defaultVpcs.layer,
      documentLayer(),
      policyDocuments(aws, roles),
      authorization(aws, roles, options.sourceIp),
      cloudWatchProtocols(),
      ...dataPlane.layers,
      network.layer,
      imports(models),
      rulesLayer(createRules(options), aws, roles),
      databaseSecurityGroups(aws),
      async (request, next) => {
        await inventory.record(request, request.service, request.operation);
        return next(request);
      },
    ],
    onReset: () => {
      inventory.clear();
      roles.clear();
      watch?.reset();
      defaultVpcs.clear();
      void dataPlane.stop();
    },
    dataPlane: dataPlane.handle,
    onUnanswered: (message) => unanswered.push(message),
  });
  const inventory: Inventory = new Inventory({
    send,
    prepare: (scope) => defaultVpcs.complete(scope),
    initial: initialResources(initial),
  });
  const stop = async (): Promise<void> => {
    proxy.server.closeAllConnections();
    proxy.server.close();
    await watch?.stop();
    await dataPlane.stop();
    await moto.stop();
  };
  try {
    proxy.server.listen(0, "127.0.0.1");
    await once(proxy.server, "listening");
    await createInitialState(aws, accountId, initial);
  } catch (error) {
    await stop();
    throw error;
  }
  const endpoint = endpointOf(proxy);

  return {
    endpoint,
    environment: emulatorEnvironment(endpoint, region),
    request: (url, requestOptions) => requestTo(dataPlane, url, requestOptions),
    signIn: (client) => signIn(aws, client),
    inventory: () => inventory.read(),
    unanswered,
    openMaintenanceWindow: () => window.open(send),
    stop,
  };
}

function endpointOf({ server }: Proxy): string {
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  return `http://127.0.0.1:${port}`;
}
