import { isIPv4 } from "node:net";
import { text } from "../wire/json";
import type { DocumentCheck } from "./document";

const reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
const reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--table-s3"];

/** The name of a new bucket. */
export const bucketNames: DocumentCheck = {
  service: "s3",
  operations: ["CreateBucket"],
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  check: ({ Bucket }) =>
    isBucketName(text(Bucket))
      ? undefined
      : { code: "InvalidBucketName", message: "The specified bucket is not valid." },
};

function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !isIPv4(name) &&
    !reservedPrefixes.some((prefix) => name.startsWith(prefix)) &&
    !reservedSuffixes.some((suffix) => name.endsWith(suffix))
  );
}
