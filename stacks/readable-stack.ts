import {
  Aspects,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  type IAspect,
  type ITerraformAddressable,
  type TerraformElement,
} from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { renderStack, setAt, type JsonObject } from "./render";
import { TerraformAddresses } from "./terraform-address";

/** A stack whose Terraform addresses are construct paths, such as `aws_ecs_service.services_orders`. */
export abstract class ReadableStack extends TerraformStack {
  private addresses: TerraformAddresses | undefined;
  private rendering: JsonObject | undefined;
  private readonly overrides: JsonObject = {};

  /** The stack's Terraform JSON: the same object for the policy and for the file, made on the first call. */
  public render(): JsonObject {
    if (this.rendering === undefined) {
      // cdktf invokes aspects when it writes the stack, which is after the policy reads it.
      invokeAspects(this, []);
      this.rendering = renderStack(this, this.overrides);
    }
    return this.rendering;
  }

  public override toTerraform(): JsonObject {
    return this.render();
  }

  /** Prepares the stack as cdktf does, without resolving every element: `render` resolves them. */
  public override prepareStack(): void {
    this.ensureBackendExists();
  }

  public override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    setAt(this.overrides, path.split("."), value);
  }

  /** @throws Error always, as each stack is applied alone; cdktf would make an output and read it from the state. */
  public override registerOutgoingCrossStackReference(identifier: string): never {
    throw new Error(`${identifier} of ${this.node.id} is used in another stack; read it by a data source there`);
  }

  /**
   * Reserves the name of an output or a variable, which is not made from its path.
   *
   * @throws AddressCollisionError when another one has it
   */
  public claimName(element: TerraformElement, name: string): void {
    this.names().claimName(element, name);
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return this.names().nameOf(element);
  }

  // cdktf allocates names while the constructor of its own class runs.
  private names(): TerraformAddresses {
    return (this.addresses ??= new TerraformAddresses(this));
  }
}

/**
 * Gives an output or a variable exactly this name, whatever its path.
 *
 * @throws AddressCollisionError when another one of the stack has it
 */
export function setName(element: TerraformOutput | TerraformVariable, name: string): void {
  const stack = TerraformStack.of(element);
  if (stack instanceof ReadableStack) stack.claimName(element, name);
  element.overrideLogicalId(name);
}

/** Adds an output with exactly this name, whatever the scope. */
export function addOutput(
  scope: Construct,
  name: string,
  output: { readonly value: string | ITerraformAddressable; readonly description: string },
): void {
  setName(new TerraformOutput(scope, `output-${name.replaceAll("_", "-")}`, output), name);
}

/** Applies aspects to a construct and those below it, the outermost aspects first, as cdktf does. */
function invokeAspects(construct: IConstruct, inherited: readonly IAspect[]): void {
  const aspects = [...inherited, ...Aspects.of(construct).all];
  for (const aspect of new Set(aspects)) aspect.visit(construct);
  for (const child of construct.node.children) invokeAspects(child, aspects);
}
