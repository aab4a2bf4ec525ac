/** What a task pulls an image of ECR from, whose layers are in S3: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
export const imageServices: readonly string[] = ["ecr.api", "ecr.dkr", "s3"];
