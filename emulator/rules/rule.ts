import type { Role } from "../iam/role";
import type { JsonObject } from "../wire/json";

/** A rule of AWS between requests, as the table of the documentation has it. */
export interface DocumentedRule {
  /** Name of the rule, such as "listener-port-in-use". */
  readonly name: string;
  /** Signing name of the service. */
  readonly service: string;
  /** Operations that the rule may refuse, by their names in AWS's API model. */
  readonly operations: readonly string[];
  /** AWS's error code. */
  readonly code: string;
  /** The rule in one sentence. */
  readonly rule: string;
  /** Where AWS documents the rule. */
  readonly source: string;
}

/** A rule that the emulated AWS adds to moto: what exists decides whether an operation is possible. */
export interface Rule extends DocumentedRule {
  /** HTTP status of the refusal. @default 400 */
  readonly status?: number;
  /** The message of the refusal; undefined when the operation is allowed. */
  readonly refuse: (call: RuleCall) => Promise<string | undefined> | string | undefined;
}

/** A call that a rule may refuse. */
export interface RuleCall {
  readonly account: string;
  readonly region: string;
  /** ARN of the caller, as GetCallerIdentity returns it. */
  readonly caller: string;
  readonly operation: string;
  /** When the call arrived, before it took its turn, by `performance.now()`. */
  readonly receivedAt: number;
  /** The parameters, by the names of AWS's API model. */
  readonly input: JsonObject;
  /**
   * The output of an operation of the emulated AWS in the same account; an empty object on an error, such as that something
   * does not exist.
   *
   * @param service signing name. @default - the service of the rule
   * @param region of what a global service uses. @default - the region of the call
   */
  readonly ask: (operation: string, input?: JsonObject, service?: string, region?: string) => Promise<JsonObject>;
  readonly iam: RolesOfServices;
}

/** What services see of IAM, which writes reach with a delay. */
export interface RolesOfServices {
  /** The role of an ARN; undefined when it does not exist, or not yet. */
  readonly role: (arn: string) => Promise<Role | undefined>;
  /** The role of an ARN as the services will see it; undefined when it does not exist. */
  readonly futureRole: (arn: string) => Promise<Role | undefined>;
  /** Whether what was last written to an instance profile has reached the services. */
  readonly profileInEffect: (name: string) => boolean;
}

/** What happened after an operation succeeded, for what no operation of AWS returns, such as the time of a deletion. */
export interface Observer {
  readonly service: string;
  readonly operations: readonly string[];
  readonly observe: (call: RuleCall, output: JsonObject) => Promise<void> | void;
}

/** The rules of a service, and what they remember. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  /** @default - the rules remember nothing */
  readonly observers?: readonly Observer[];
}
