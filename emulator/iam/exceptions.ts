import { objects, text, type JsonObject } from "../wire/json";
import { arnIn, partitionOf, type ActionResources, type ModelledCall } from "./call";
import { ofStatements, ofTransaction } from "./dynamodb-tables";
import { stringsAt } from "./input";

const kinds: Readonly<Record<string, string>> = { gateway: "gwy", network: "net" };

/**
 * Operations whose actions or resources AWS's published list does not determine, by "<model>:<operation>". A pattern for
 * what an operation creates has "*" for the id.
 */
const exceptions: Readonly<Record<string, (call: ModelledCall) => ActionResources>> = {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
  "cloudwatch:PutCompositeAlarm": () => ({ "cloudwatch:PutCompositeAlarm": ["*"] }),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
  "cloudwatch:DescribeAlarms": ({ input }): ActionResources =>
    stringsAt(input, "AlarmTypes").includes("CompositeAlarm") ? { "cloudwatch:DescribeAlarms": ["*"] } : {},
  // The ARN of a deployment contains the cluster and the service.
  "ecs:DescribeServiceDeployments": ({ input }) => {
    const deployments = stringsAt(input, "serviceDeploymentArns");
    const services = deployments.map((arn) => arn.replace(":service-deployment/", ":service/").replace(/\/[^/]+$/, ""));
    return { "ecs:DescribeServiceDeployments": [...new Set(services), ...deployments] };
  },
  "dynamodb:BatchExecuteStatement": ofStatements,
  "dynamodb:ExecuteStatement": ofStatements,
  "dynamodb:ExecuteTransaction": ofStatements,
  "dynamodb:TransactGetItems": ofTransaction,
  "dynamodb:TransactWriteItems": ofTransaction,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
  "elbv2:CreateLoadBalancer": (call) => ({
    "elasticloadbalancing:CreateLoadBalancer": [
      arnIn(
        call,
        "elasticloadbalancing",
        `loadbalancer/${kinds[text(call.input.Type)] ?? "app"}/${text(call.input.Name)}/*`,
      ),
    ],
  }),
  ...byOperation("events", ["CreateEventBus", "DeleteEventBus", "DescribeEventBus", "UpdateEventBus"], busOf("Name")),
  ...byOperation("events", ["PutEvents"], busOf("Entries.EventBusName")),
  // The list has delivery destinations.
  ...byOperation("logs", ["DeleteDeliverySource"], (call) => [
    arnIn(call, "logs", `delivery-source:${text(call.input.name)}`),
  ]),
  "route53:ChangeTagsForResource": (call) => ({ "route53:ChangeTagsForResource": [zoneOrCheck(call)] }),
  "route53:ListTagsForResource": (call) => ({ "route53:ListTagsForResource": [zoneOrCheck(call)] }),
  "s3:CopyObject": (call) => ({ ...copied(call), ...tagged(call) }),
  "s3:CreateMultipartUpload": tagged,
  "s3:PutObject": tagged,
  "s3:UploadPartCopy": copied,
  "s3:DeleteObject": ({ input, region }): ActionResources => {
    return text(input.VersionId) === ""
      ? {}
      : { "s3:DeleteObject": [], "s3:DeleteObjectVersion": [objectArn(region, input)] };
  },
  "s3:DeleteObjects": deleted,
  "s3:GetObject": versioned,
  "s3:HeadObject": versioned,
  ...byOperation("scheduler", ["CreateScheduleGroup", "DeleteScheduleGroup", "GetScheduleGroup"], (call) => [
    arnIn(call, "scheduler", `schedule-group/${text(call.input.Name)}`),
  ]),
  "ssm:AddTagsToResource": (call) => ({ "ssm:AddTagsToResource": [ofSystemsManager(call)] }),
  "ssm:ListTagsForResource": (call) => ({ "ssm:ListTagsForResource": [ofSystemsManager(call)] }),
  "ssm:RemoveTagsFromResource": (call) => ({ "ssm:RemoveTagsFromResource": [ofSystemsManager(call)] }),
};

/** The actions of a call and their resources where they are exceptions. */
export function exceptionsOf(call: ModelledCall): ActionResources {
  return exceptions[`${call.model}:${call.operation}`]?.(call) ?? {};
}

/** The same resources for the actions with the names of operations. */
function byOperation(service: string, operations: readonly string[], of: (call: ModelledCall) => readonly string[]) {
  return Object.fromEntries(
    operations.map((operation) => [
      `${service}:${operation}`,
      (call: ModelledCall): ActionResources => ({ [`${service}:${operation}`]: of(call) }),
    ]),
  );
}

// Each entry of PutEvents may name another bus, by its ARN or name.
function busOf(path: string) {
  return (call: ModelledCall): readonly string[] => {
    const [list = "", member] = path.split(".");
    const named = member === undefined ? [call.input[list]] : objects(call.input[list]).map((entry) => entry[member]);
    const arns = named.map((name) => {
      const bus = text(name) || "default";
      return bus.startsWith("arn:") ? bus : arnIn(call, "events", `event-bus/${bus}`);
    });
    return [...new Set(arns)];
  };
}

// Route 53 has no region and no account in its ARNs.
function zoneOrCheck({ input, region }: ModelledCall): string {
  const id = text(input.ResourceId).replace(/^.*\//, "");
  return `arn:${partitionOf(region)}:route53:::${text(input.ResourceType)}/${id}`;
}

// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html
function ofSystemsManager(call: ModelledCall): string {
  const type = text(call.input.ResourceType).toLowerCase();
  return arnIn(call, "ssm", `${type}/${text(call.input.ResourceId).replace(/^\//, "")}`);
}

function objectArn(region: string, { Bucket: bucket, Key: key }: JsonObject): string {
  return `arn:${partitionOf(region)}:s3:::${text(bucket)}/${text(key)}`;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
function versioned({ input, region }: ModelledCall): ActionResources {
  return text(input.VersionId) === "" ? {} : { "s3:GetObject": [], "s3:GetObjectVersion": [objectArn(region, input)] };
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html: the header x-amz-tagging
function tagged({ input, region }: ModelledCall): ActionResources {
  return text(input.Tagging) === "" ? {} : { "s3:PutObjectTagging": [objectArn(region, input)] };
}

function copied({ input, region }: ModelledCall): ActionResources {
  const source = decodeURIComponent(text(input.CopySource))
    .replace(/^\//, "")
    .replace(/\?versionId=.*$/, "");
  return { "s3:GetObject": [`arn:${partitionOf(region)}:s3:::${source}`] };
}

function deleted({ input, region }: ModelledCall): ActionResources {
  const { Bucket: bucket, Delete: of } = input;
  const all = objects([of]).flatMap(({ Objects: each }) => objects(each));
  const arns = (some: readonly JsonObject[]) =>
    some.map(({ Key: key }) => objectArn(region, { Bucket: bucket, Key: key }));
  const versions = all.filter(({ VersionId: version }) => text(version) !== "");
  const rest = all.filter((each) => !versions.includes(each));
  return {
    "s3:DeleteObject": arns(rest),
    ...(versions.length > 0 && { "s3:DeleteObjectVersion": arns(versions) }),
  };
}
