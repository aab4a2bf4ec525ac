import { objects, text, type JsonObject } from "../wire/json";
import type { DocumentCheck, Refusal } from "./document";
import { isObject, isSet, valueOf } from "./values";

/** The states of a state machine, and the transitions between them. */
const definitions: DocumentCheck = {
  service: "states",
  operations: ["CreateStateMachine", "UpdateStateMachine"],
  source: "https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html",
  check: ({ definition }) => {
    if (!isSet(definition)) return undefined;
    const machine = valueOf(text(definition));
    return isObject(machine)
      ? machineProblem(machine, "")
      : invalid("INVALID_JSON_DESCRIPTION: the definition must be a JSON object");
  },
};

/** Checks of requests to Step Functions. */
export const stepFunctions: readonly DocumentCheck[] = [definitions];

function machineProblem({ StartAt, States }: JsonObject, path: string): Refusal | undefined {
  if (!isObject(States) || Object.keys(States).length === 0) {
    return invalid(`SCHEMA_VALIDATION_FAILED: The field 'States' must have at least one state at ${path || "/"}`);
  }
  if (typeof StartAt !== "string") {
    return invalid(`SCHEMA_VALIDATION_FAILED: The field 'StartAt' is required at ${path || "/"}`);
  }
  if (!(StartAt in States)) {
    return invalid(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${StartAt} at ${path}/StartAt`);
  }
  for (const [name, state] of Object.entries(States)) {
    if (!isObject(state)) continue;
    const at = `${path}/States/${name}`;
    const unknown = targetsOf(state).find((target) => !(target in States));
    if (unknown !== undefined) return invalid(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${unknown} at ${at}`);
    const refusal = machinesIn(state)
      .map((machine) => machineProblem(machine, at))
      .find((found) => found !== undefined);
    if (refusal) return refusal;
  }
  return undefined;
}

/** The states to which a state leads. */
function targetsOf({ Next, Default, Choices, Catch }: JsonObject): readonly string[] {
  const next = [...objects(Choices), ...objects(Catch)].map((each) => each.Next);
  return [Next, Default, ...next].filter((target) => typeof target === "string");
}

/** The state machines that a state runs. */
function machinesIn({ Branches, ItemProcessor, Iterator }: JsonObject): readonly JsonObject[] {
  return [...objects(Branches), ...[ItemProcessor, Iterator].filter(isObject)];
}

function invalid(problem: string): Refusal {
  return { code: "InvalidDefinition", message: `Invalid State Machine Definition: '${problem}'` };
}
