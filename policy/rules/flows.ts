import type { Rules } from "../rule";
import { extraFlows, missingFlows } from "./flow-violations";

const analyzer = "https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html";

/** Who reaches whom, proved from security groups, routes and endpoints together. */
export const flowRules = {
  "flow-missing": {
    severity: "high",
    why: "Terraform plans a task that cannot reach its image, its log or its store; it never starts.",
    source: analyzer,
    mend: "let it through at both ends",
    check: ({ ways }) => missingFlows(ways.filter((way) => way.kind === "missing")),
  },
  "flow-extra": {
    severity: "high",
    why: "A way that nothing needs is there for whoever has broken in.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    mend: "narrow or remove it",
    check: ({ ways }) => extraFlows(ways.filter((way) => way.kind === "extra")),
  },
  "flow-unknown": {
    severity: "medium",
    why: "What decides who reaches whom must be readable, or nothing is proved.",
    source: analyzer,
    mend: "write it as the other stacks do",
    check: ({ ways }) => ways.filter((way) => way.kind === "unknown"),
  },
} satisfies Rules;
