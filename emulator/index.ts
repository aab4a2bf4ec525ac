import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { emulatorEnvironment } from "./environment";
import { documentLayer } from "./documents/layer";
import { createGaps } from "./gaps";
import type { Slow } from "./gaps/timing";
import { MaintenanceWindow } from "./gaps/maintenance-window";
import type { TransitionTimes } from "./gaps/transitions";
import { authorization, policyDocuments } from "./iam/layer";
import { Inventory, type EmulatedResource } from "./inventory";
import { Aws } from "./models/aws";
import { findModels } from "./models/botocore";
import { cloudWatchProtocols, reading, validation } from "./models/layers";
import { Models } from "./models/model";
import { startMoto } from "./moto";
import { Callers } from "./proxy/callers";
import { Proxy } from "./proxy/proxy";
import { recording } from "./record/record";
import { rulesLayer } from "./rules/layer";
import { createRules, type RuleOptions } from "./rules";
import { isSuccess } from "./wire/reply";
import { buildXml, element } from "./wire/xml";

export { exportLines, runCommand, untilStopped } from "./command";
export type { EmulatedResource } from "./inventory";

export interface EmulatorOptions extends TransitionTimes, RuleOptions {
  /** Account of the calls that are made without an assumed role. */
  readonly accountId: string;
  /** Region in the environment variables. @default "us-east-1" */
  readonly region?: string;
  /** S3 buckets that exist from the start. @default - none */
  readonly buckets?: readonly Bucket[];
  /** Names of public hosted zones that exist from the start. @default - none */
  readonly hostedZones?: readonly string[];
  /** File to which every call is written, one line of JSON each. @default - calls are not recorded */
  readonly record?: string;
  /** Path or name of the program moto_server. @default "moto_server" from the PATH */
  readonly motoServer?: string;
  /** @default - resources are ready as soon as they are created */
  readonly slow?: Slow;
}

export interface Bucket {
  readonly name: string;
  readonly region: string;
}

export interface Emulator {
  /** Address of the emulated AWS: http://127.0.0.1:PORT */
  readonly endpoint: string;
  /** Variables for Terraform, the AWS CLI and the SDKs, to add to process.env; undefined unsets a variable. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The resources that exist now and did not exist after the start. */
  inventory(): Promise<readonly EmulatedResource[]>;
  /** Messages on the calls that are not emulated. */
  readonly unanswered: readonly string[];
  /** Makes the changes of databases that wait for the next maintenance window. */
  openMaintenanceWindow(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts an emulated AWS, which ends at the latest with this process.
 *
 * @throws Error when moto does not start, or a bucket or hosted zone cannot be created
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const {
    accountId,
    region = "us-east-1",
    buckets = [],
    hostedZones = [],
    record,
    motoServer = "moto_server",
  } = options;
  const models = new Models(await findModels(motoServer));
  const moto = await startMoto(motoServer);
  const callers = new Callers(accountId);
  const unanswered: string[] = [];
  const window = new MaintenanceWindow();
  const aws = new Aws(models, { send: (call) => proxy.send(call) });
  const proxy: Proxy = new Proxy({
    upstream: moto.upstream,
    callers,
    models,
    createGaps: () => createGaps(callers, window, options),
    createLayers: () => [
      reading(models),
      ...(record === undefined ? [] : [recording(record)]),
      validation(),
      documentLayer(),
      policyDocuments(aws),
      authorization(aws),
      cloudWatchProtocols(),
      rulesLayer(createRules(options), aws),
      async (request, next) => {
        await inventory.record(request, request.service, request.operation);
        return next(request);
      },
    ],
    onReset: () => {
      inventory.clear();
    },
    onUnanswered: (message) => unanswered.push(message),
  });
  const inventory: Inventory = new Inventory({
    send: (call) => proxy.send(call),
    initial: [
      ...buckets.map(({ name }) => ({ type: "Bucket", name })),
      ...hostedZones.map((zone) => ({ type: "Hosted zone", name: `${zone}.` })),
    ],
  });
  proxy.server.listen(0, "127.0.0.1");
  await once(proxy.server, "listening");
  const { port } = proxy.server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  const endpoint = `http://127.0.0.1:${port}`;

  for (const bucket of buckets) await createBucket(proxy, accountId, bucket);
  for (const zone of hostedZones) await createHostedZone(proxy, accountId, zone);

  return {
    endpoint,
    environment: emulatorEnvironment(endpoint, region),
    inventory: () => inventory.read(),
    unanswered,
    openMaintenanceWindow: () => window.open((call) => proxy.send(call)),
    stop: async () => {
      proxy.server.closeAllConnections();
      proxy.server.close();
      await moto.stop();
    },
  };
}

async function createBucket(proxy: Proxy, account: string, { name, region }: Bucket): Promise<void> {
  const location = element("CreateBucketConfiguration", [element("LocationConstraint", region)]);
  // us-east-1 must not be named: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  const body = region === "us-east-1" ? "" : buildXml(location);
  const reply = await proxy.send({ service: "s3", account, region, method: "PUT", path: `/${name}`, body });
  if (!isSuccess(reply)) throw new Error(`the emulated S3 refuses the bucket "${name}": ${reply.body.toString()}`);
}

async function createHostedZone(proxy: Proxy, account: string, name: string): Promise<void> {
  const request = [element("Name", name), element("CallerReference", name)];
  const body = buildXml(element("CreateHostedZoneRequest", request));
  const path = "/2013-04-01/hostedzone";
  const reply = await proxy.send({ service: "route53", account, region: "us-east-1", method: "POST", path, body });
  if (!isSuccess(reply))
    throw new Error(`the emulated Route 53 refuses the hosted zone "${name}": ${reply.body.toString()}`);
}
