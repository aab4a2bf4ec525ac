import { HeadObjectCommand, GetObjectCommand, NotFound, PutObjectCommand, S3Client, S3ServiceException, type S3ClientConfig } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { DependencyUnavailable } from "../dependency";

const expiresIn = 900;

/** Timeouts of the S3 client: three attempts take less than the 29 s integration timeout of API Gateway. */
export const clientDefaults: S3ClientConfig = {
  // With a checksum in the signature, the browser would have to compute it before the upload.
  requestChecksumCalculation: "WHEN_REQUIRED",
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** A presigned request to the bucket, which needs no credentials until it expires. */
export interface SignedRequest {
  readonly url: string;
  readonly expires_in: number;
}

/** The uploads in the bucket, with one key prefix per caller; their content does not pass through the service. */
export class UploadStore {
  constructor(
    private readonly bucket: string,
    private readonly s3: S3Client = new S3Client(clientDefaults),
  ) {}

  /** Presigns an upload of exactly this type and size. */
  async signPut(key: string, contentType: string, size: number): Promise<SignedRequest> {
    const command = new PutObjectCommand({ Bucket: this.bucket, Key: key, ContentType: contentType, ContentLength: size });
    const signableHeaders = new Set(["content-type", "content-length", "host"]);
    return this.sign(command, signableHeaders);
  }

  /** Presigns a download; undefined when the object does not exist. */
  async signGet(key: string): Promise<SignedRequest | undefined> {
    if (!(await this.exists(key))) return undefined;
    // "attachment": browsers download the content instead of rendering it as a page of the bucket's domain.
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: key, ResponseContentDisposition: "attachment" });
    return this.sign(command);
  }

  close(): void {
    this.s3.destroy();
  }

  private async sign(command: GetObjectCommand | PutObjectCommand, signableHeaders?: Set<string>): Promise<SignedRequest> {
    // Signing sends no request to S3, but reading the credentials can fail.
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

// A 4xx response of S3, such as a missing permission, is an error of the service and not retryable, except 429 (throttling).
function refuse(error: unknown): never {
  const isOurs = error instanceof S3ServiceException && error.$fault === "client" && error.$metadata.httpStatusCode !== 429;
  throw isOurs ? error : new DependencyUnavailable("upload store", error);
}
