import type { AwsRequest, Handler, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { editXml, isSuccess } from "../../wire/reply";
import { element, findAll, setChild, textOf } from "../../wire/xml";

/** Major versions that moto does not know, by engine, and one that it knows. */
const versions: Readonly<Record<string, { readonly known: string; readonly unknown: readonly string[] }>> = {
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
  mysql: { known: "8.0", unknown: ["8.4"] },
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
  mariadb: { known: "10.6", unknown: ["10.11", "11.4", "11.8"] },
  // https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
  postgres: { known: "13", unknown: ["14", "15", "16", "17", "18"] },
};

/** moto knows no major version after 2022; affects `aws_db_option_group`. */
export function optionGroups(): Handlers {
  const sentVersions = new Store<string>();
  const edit: Handler = async (request, forward) =>
    editXml(await forward(), (root) => {
      const result = `${request.operation}Result`;
      const groups = [
        ...findAll(root, result, "OptionGroup"),
        ...findAll(root, result, "OptionGroupsList", "OptionGroup"),
      ];
      for (const group of groups) {
        const version = sentVersions.of(request).get(textOf(group, "OptionGroupName").toLowerCase());
        if (version !== undefined) setChild(group, element("MajorEngineVersion", version));
      }
    });
  return {
    CreateOptionGroup: async (request, forward) => {
      const form = new URLSearchParams(request.form);
      const version = form.get("MajorEngineVersion") ?? "";
      const engine = versions[form.get("EngineName") ?? ""];
      if (!engine?.unknown.includes(version)) return forward();
      form.set("MajorEngineVersion", engine.known);
      const reply = await forward({ body: form.toString() });
      if (isSuccess(reply)) sentVersions.of(request).set(nameOf(request), version);
      return edit(request, () => Promise.resolve(reply));
    },
    DescribeOptionGroups: edit,
    ModifyOptionGroup: edit,
    DeleteOptionGroup: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) sentVersions.of(request).delete(nameOf(request));
      return reply;
    },
  };
}

function nameOf({ form }: AwsRequest): string {
  return (form.get("OptionGroupName") ?? "").toLowerCase();
}
