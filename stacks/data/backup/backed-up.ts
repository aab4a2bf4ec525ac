/** A store that AWS Backup can copy. */
export interface BackedUp {
  readonly kind: "instance" | "cluster" | "table" | "bucket" | "files";
  readonly arn: string;
}
