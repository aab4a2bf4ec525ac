import { startEmulator, type Emulator, type EmulatorOptions, type RequestOptions, type UserTokens } from "..";

/** Settings with which an SDK's client calls the emulated AWS. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly forcePathStyle: boolean;
}

/** An emulated AWS for all tests of the suite that calls this. */
export function emulatorForSuite(options: Partial<EmulatorOptions> = {}): RunningEmulator {
  // moto loads a service at its first call.
  jest.setTimeout(60_000);
  const running = new RunningEmulator(options);
  beforeAll(() => running.start());
  afterAll(() => running.stop());
  return running;
}

export class RunningEmulator {
  private emulator: Emulator | undefined;

  constructor(private readonly options: Partial<EmulatorOptions>) {}

  public async start(): Promise<void> {
    this.emulator = await startEmulator({ accountId: "111122223333", ...this.options });
  }

  public async stop(): Promise<void> {
    await this.emulator?.stop();
  }

  public async openMaintenanceWindow(): Promise<void> {
    await this.emulator?.openMaintenanceWindow();
  }

  /** The settings of a client: `new EC2Client(aws.client())`. */
  public client(region = "us-east-1"): ClientSettings {
    const credentials = { accessKeyId: "AKIAEMULATOR00000000", secretAccessKey: "emulator" };
    return { endpoint: this.endpoint, region, credentials, maxAttempts: 1, forcePathStyle: true };
  }

  public get endpoint(): string {
    return this.started.endpoint;
  }

  /** Requests a URL of the emulated AWS. */
  public request(url: string, options?: RequestOptions): Promise<Response> {
    return this.started.request(url, options);
  }

  /** Signs a new user in to a user pool. */
  public signIn(userPoolId: string, clientId: string): Promise<UserTokens> {
    return this.started.signIn({ account: "111122223333", userPoolId, clientId });
  }

  private get started(): Emulator {
    if (!this.emulator) throw new Error("the emulator is not started");
    return this.emulator;
  }
}

/** The error code of a call that AWS refuses; "" when it succeeds. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "";
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The SDKs name an error after its shape; the code on the wire may be another.
  const { Code, Error: query } = error as Error & {
    readonly Code?: string;
    readonly Error?: { readonly Code?: string };
  };
  return query?.Code ?? Code ?? error.name;
}
