import { TerraformDataSource, TerraformElement, TerraformOutput, type TerraformStack } from "cdktf";
import type { Node } from "constructs";
import { InputError } from "../schema";

/** Paths of constructs whose children have names from a stage file, which stay in the address whatever they are. */
const collections = new RegExp(
  `^(${[
    "services",
    "services/[^/]+/tasks",
    "data/(queues|secrets|tables|topics)",
    "ingress/(public-)?alb/targets",
    "ingress/api/keys",
    "ingress/user-pool/clients",
    "monitoring/errors",
    "monitoring/alarms/services",
  ].join("|")})$`,
);

/** Path of the construct that is one of several kinds: what two kinds have in common has one address, and stays when the kind changes. */
const kindPath = "ingress/kind";

/** Two constructs of a stack that would have the same Terraform address. */
export class AddressCollisionError extends InputError {
  public override readonly name = "AddressCollisionError";

  constructor(stack: string, address: string, paths: readonly string[]) {
    super(
      `${stack}: ${paths.join(" and ")} would both be ${address}, as addresses write "-" as "_"; rename one of them in the stage file`,
    );
  }
}

/**
 * Makes the names in the Terraform addresses of a stack from construct paths, and rejects duplicate names.
 *
 * A name is the ids of the path joined by underscores, in lower case, without those that only repeat words of the
 * resource's type: https://developer.hashicorp.com/terraform/language/style#resource-naming
 */
export class TerraformAddresses {
  private readonly paths = new Map<string, string>();

  constructor(private readonly stack: TerraformStack) {}

  /**
   * The name of an element, such as `services_orders` of an `aws_ecr_repository`.
   *
   * @throws AddressCollisionError when another construct of the stack has the address
   */
  public nameOf(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this.stack) + 1).map(({ node: { id } }) => id);
    const ids = path.filter((_, index) => path.slice(0, index + 1).join("/") !== kindPath);
    const invalid = ids.find((id) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id));
    if (invalid !== undefined) throw new Error(`construct id "${invalid}" must be in kebab-case: ${ids.join("/")}`);
    const type = typeOf(element);
    const words = new Set(type.split("_").map(singular));
    const significant = ids.filter((id, index) => index === 0 || isNamed(ids, index) || !repeats(id, words));
    const name = significant.join("_").replaceAll("-", "_");
    this.claim(`${element instanceof TerraformDataSource ? "data." : ""}${type}.${name}`, ids.join("/"));
    return name;
  }

  /**
   * Claims the name of an output or a variable, which is not made from its path.
   *
   * @throws AddressCollisionError when another one of the stack has it
   */
  public claimName(element: TerraformElement, name: string): void {
    this.claim(
      `${element instanceof TerraformOutput ? "output" : "variable"}.${name}`,
      element.node.path.replace(`${this.stack.node.path}/`, ""),
    );
  }

  private claim(address: string, path: string): void {
    const owner = this.paths.get(address) ?? path;
    if (owner !== path) throw new AddressCollisionError(this.stack.node.id, address, [owner, path]);
    this.paths.set(address, path);
  }
}

/** Whether an id is a collection, or a name from a stage file. */
function isNamed(ids: readonly string[], index: number): boolean {
  return [index, index + 1].some((end) => collections.test(ids.slice(0, end).join("/")));
}

function repeats(id: string, typeWords: ReadonlySet<string>): boolean {
  return id.split("-").every((word) => typeWords.has(singular(word)));
}

function singular(word: string): string {
  return word.replace(/s$/, "");
}

/** Terraform's type of an element; the class of what is not a resource or data source. */
function typeOf(element: TerraformElement | Node): string {
  if ("terraformResourceType" in element && typeof element.terraformResourceType === "string") {
    return element.terraformResourceType;
  }
  return element.constructor.name;
}
