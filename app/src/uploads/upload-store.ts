import { HeadObjectCommand, GetObjectCommand, NotFound, PutObjectCommand, S3Client, S3ServiceException, type S3ClientConfig } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { DependencyUnavailable } from "../dependency";

const expiresIn = 900;

/** How S3 is called: three tries end before an API in front gives up after 29 s. */
export const clientDefaults: S3ClientConfig = {
  // A checksum in the signature would have to be computed by the browser that uploads.
  requestChecksumCalculation: "WHEN_REQUIRED",
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** A request that the holder may make to the bucket, without credentials, until it expires. */
export interface SignedRequest {
  readonly url: string;
  readonly expires_in: number;
}

/** The uploads in the bucket: each caller has a folder, and bytes never pass through the service. */
export class UploadStore {
  constructor(
    private readonly bucket: string,
    private readonly s3: S3Client = new S3Client(clientDefaults),
  ) {}

  /** Allows one upload of exactly this type and size. */
  async signPut(key: string, contentType: string, size: number): Promise<SignedRequest> {
    const command = new PutObjectCommand({ Bucket: this.bucket, Key: key, ContentType: contentType, ContentLength: size });
    const signableHeaders = new Set(["content-type", "content-length", "host"]);
    return this.sign(command, signableHeaders);
  }

  /** Allows a download, when there is something to download. */
  async signGet(key: string): Promise<SignedRequest | undefined> {
    if (!(await this.exists(key))) return undefined;
    // "attachment": what a caller uploaded is never shown as a page of the bucket's domain.
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: key, ResponseContentDisposition: "attachment" });
    return this.sign(command);
  }

  close(): void {
    this.s3.destroy();
  }

  private async sign(command: GetObjectCommand | PutObjectCommand, signableHeaders?: Set<string>): Promise<SignedRequest> {
    // Nothing is sent to S3, but the credentials come from somewhere.
    const url = await getSignedUrl(this.s3, command, { expiresIn, signableHeaders }).catch(refuse);
    return { url, expires_in: expiresIn };
  }

  private async exists(key: string): Promise<boolean> {
    try {
      await this.s3.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return true;
    } catch (error) {
      return error instanceof NotFound ? false : refuse(error);
    }
  }
}

// What S3 blames on its caller, such as a missing permission, will not be better at the next try; 429 is haste.
function refuse(error: unknown): never {
  const isOurs = error instanceof S3ServiceException && error.$fault === "client" && error.$metadata.httpStatusCode !== 429;
  throw isOurs ? error : new DependencyUnavailable("upload store", error);
}
