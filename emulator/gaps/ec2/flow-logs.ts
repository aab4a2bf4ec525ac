import type { Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { formObject } from "../../wire/form";
import { editXml } from "../../wire/reply";
import { element, findAll, setChild, textOf, type Element } from "../../wire/xml";

const options = { FileFormat: "plain-text", HiveCompatiblePartitions: "false", PerHourPartition: "false" };

/**
 * moto takes no folder of a bucket for flow logs, and loses the format of their files; affects `log_destination` and
 * `destination_options` of `aws_flow_log`.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html
 */
export function flowLogs(): Handlers {
  const formats = new Store<Element>();
  return {
    CreateFlowLogs: async (request, forward) => {
      const form = new URLSearchParams(request.form);
      const destination = form.get("LogDestination");
      if (destination !== null) form.set("LogDestination", toMoto(destination));
      const sent = formObject(form, "DestinationOptions");
      return editXml(await forward({ body: form.toString() }), (root) => {
        if (sent.size === 0) return;
        const children = Object.entries(options).map(([name, usual]) =>
          element(`${name.charAt(0).toLowerCase()}${name.slice(1)}`, sent.get(name) ?? usual),
        );
        for (const { text = "" } of findAll(root, "flowLogIdSet", "item")) {
          formats.of(request).set(text, element("destinationOptions", children));
        }
      });
    },
    DescribeFlowLogs: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const flowLog of findAll(root, "flowLogSet", "item")) {
          const destination = textOf(flowLog, "logDestination");
          if (destination !== "") setChild(flowLog, element("logDestination", fromMoto(destination)));
          const format = formats.of(request).get(textOf(flowLog, "flowLogId"));
          if (format) setChild(flowLog, format);
        }
      }),
  };
}

// moto takes what follows the fifth colon for the name of the bucket, so that a folder passes in the place of the account.
function toMoto(destination: string): string {
  return destination.replace(
    /^(arn:[^:]+:s3:[^:]*:):([^/]+)\/(.+)$/,
    (_, start: string, bucket: string, folder: string) => `${start}${encodeURIComponent(folder)}:${bucket}`,
  );
}

function fromMoto(destination: string): string {
  return destination.replace(
    /^(arn:[^:]+:s3:[^:]*:)([^:]+):(.+)$/,
    (_, start: string, folder: string, bucket: string) => `${start}:${bucket}/${decodeURIComponent(folder)}`,
  );
}
