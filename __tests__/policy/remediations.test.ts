import { rules } from "../../policy/rules";
import { fieldPathsIn, isField } from "../fixtures/stage-fields";

const named = Object.entries(rules).flatMap(([rule, { remediation }]) =>
  fieldPathsIn(remediation).map((path) => ({ rule, path })),
);

it.each(named)("the remediation of $rule names the field $path of the schema", ({ path }) => {
  expect(isField(path)).toBe(true);
});

it.each(["data.postgres.owner", "services.<name>.ports", "images.tags.x", "ingress.waf.<group>.modes"])(
  "%s is not a field of the schema",
  (path) => {
    expect(isField(path)).toBe(false);
  },
);
