import { HeadObjectCommand, GetObjectCommand, NotFound, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const expiresIn = 900;

/** A request that the holder may make to the bucket, without credentials, until it expires. */
export interface SignedRequest {
  readonly url: string;
  readonly expires_in: number;
}

/** The uploads in the bucket: each caller has a folder, and bytes never pass through the service. */
export class UploadStore {
  constructor(
    private readonly bucket: string,
    private readonly s3: S3Client = createClient(),
  ) {}

  /** Allows one upload of exactly this type and size. */
  async signPut(key: string, contentType: string, size: number): Promise<SignedRequest> {
    const command = new PutObjectCommand({ Bucket: this.bucket, Key: key, ContentType: contentType, ContentLength: size });
    const signableHeaders = new Set(["content-type", "content-length", "host"]);
    return { url: await getSignedUrl(this.s3, command, { expiresIn, signableHeaders }), expires_in: expiresIn };
  }

  /** Allows a download, when there is something to download. */
  async signGet(key: string): Promise<SignedRequest | undefined> {
    if (!(await this.exists(key))) return undefined;
    // "attachment": what a caller uploaded is never shown as a page of the bucket's domain.
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: key, ResponseContentDisposition: "attachment" });
    return { url: await getSignedUrl(this.s3, command, { expiresIn }), expires_in: expiresIn };
  }

  close(): void {
    this.s3.destroy();
  }

  private async exists(key: string): Promise<boolean> {
    try {
      await this.s3.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }
}

// A checksum in the signature would have to be computed by the browser that uploads.
function createClient(): S3Client {
  return new S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" });
}
