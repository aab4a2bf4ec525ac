import { objects, text } from "../../wire/json";
import { isName } from "../names";
import type { Rule } from "../rule";
import { reference, service } from "./databases";
import { isStatic } from "./static-parameters";

const immediateStatic = "cannot use immediate apply method for static parameter";

/** Changes of parameters that RDS does not make. */
export const parameters: readonly Rule[] = [
  {
    name: "static-parameter-immediate",
    service,
    operations: [
      "ModifyDBParameterGroup",
      "ModifyDBClusterParameterGroup",
      "ResetDBParameterGroup",
      "ResetDBClusterParameterGroup",
    ],
    code: "InvalidParameterCombination",
    rule: "A static parameter takes effect at the next reboot: its apply method is pending-reboot.",
    source: `${reference}/API_ModifyDBParameterGroup.html`,
    refuse: async ({ input, ask }) => {
      const isCluster = text(input.DBClusterParameterGroupName) !== "";
      const name = input.DBParameterGroupName ?? input.DBClusterParameterGroupName;
      const { DBParameterGroups, DBClusterParameterGroups } = isCluster
        ? await ask("DescribeDBClusterParameterGroups")
        : await ask("DescribeDBParameterGroups");
      const group = objects(isCluster ? DBClusterParameterGroups : DBParameterGroups).find((each) =>
        isName(each.DBParameterGroupName ?? each.DBClusterParameterGroupName, name),
      );
      const family = text(group?.DBParameterGroupFamily);
      return objects(input.Parameters).some(
        ({ ParameterName, ApplyMethod }) => ApplyMethod === "immediate" && isStatic(family, text(ParameterName)),
      )
        ? immediateStatic
        : undefined;
    },
  },
];
