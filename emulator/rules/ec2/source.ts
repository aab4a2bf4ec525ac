/** Signing name of EC2. */
export const service = "ec2";

/** Pages of EC2's operations. */
export const reference = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
