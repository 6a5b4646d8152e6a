/**
 * What the SDKs in node_modules declare of every resource type: its token, its properties and the names inside of them.
 * Read from the `.d.ts` files of the version that package.json pins, so that no table can name what the vendor does not
 * make.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

export interface SdkType {
  /** Inputs and outputs. */
  readonly properties: ReadonlySet<string>;
  /** Names at any depth, those of its properties included. */
  readonly names: ReadonlySet<string>;
}

type Property = ts.PropertyDeclaration | ts.PropertySignature;

/** A member of a nested interface, and the interfaces that its type refers to. */
interface Member {
  readonly name: string;
  readonly refers: readonly string[];
}

const modules = join(__dirname, "..", "..", "node_modules", "@pulumi");

/** The types of one SDK; a type's declarations are read when it is first asked for. */
export class Sdk {
  /** Every token of a resource type. */
  readonly tokens: ReadonlySet<string>;
  readonly #files = new Map<string, string>();
  readonly #types = new Map<string, SdkType>();
  readonly #nested: ReadonlyMap<string, readonly Member[]>;

  constructor(sdk: "aws" | "kubernetes") {
    const folder = join(modules, sdk);
    for (const file of resourceFiles(folder)) {
      const token = /__pulumiType = '([^']+)'/.exec(readFileSync(file.replace(/\.d\.ts$/, ".js"), "utf8"))?.[1];
      if (token !== undefined && token !== sdk) this.#files.set(token, file);
    }
    this.tokens = new Set(this.#files.keys());
    this.#nested = nestedIn(folder);
  }

  /** Undefined for what the SDK does not make. */
  get(token: string): SdkType | undefined {
    const file = this.#files.get(token);
    if (file === undefined) return undefined;
    let type = this.#types.get(token);
    if (type === undefined) this.#types.set(token, (type = this.#read(file)));
    return type;
  }

  #read(file: string): SdkType {
    const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
    const resource = statements.find(ts.isClassDeclaration);
    const args = `${resource?.name?.text}Args`;
    const inputs = statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === args);
    const members: readonly Property[] = [
      ...[...(resource?.members ?? [])].filter(ts.isPropertyDeclaration).filter((each) => !isStatic(each)),
      ...[...(inputs?.members ?? [])].filter(ts.isPropertySignature),
    ];
    const properties = new Set(members.map(nameOf));
    return { properties, names: this.#namesFrom(members) };
  }

  #namesFrom(members: readonly Property[]): ReadonlySet<string> {
    const names = new Set(members.map(nameOf));
    // A set grows while it is walked.
    const interfaces = new Set(members.flatMap(({ type }) => refersTo(type)));
    for (const each of interfaces) {
      for (const { name, refers } of this.#nested.get(each) ?? []) {
        names.add(name);
        for (const next of refers) interfaces.add(next);
      }
    }
    return names;
  }
}

/** Declarations that stand beside a module. */
function resourceFiles(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((entry): readonly string[] => {
    const path = join(folder, entry);
    if (entry !== "types" && entry !== "node_modules" && statSync(path).isDirectory()) return resourceFiles(path);
    return entry.endsWith(".d.ts") && existsSync(path.replace(/\.d\.ts$/, ".js")) ? [path] : [];
  });
}

/** Members of the interfaces of `types/input.d.ts` and `types/output.d.ts`, by names such as `outputs.ecs.Volume`. */
function nestedIn(folder: string): ReadonlyMap<string, readonly Member[]> {
  const found = new Map<string, readonly Member[]>();
  for (const side of ["input", "output"]) {
    const path = join(folder, "types", `${side}.d.ts`);
    collect(
      ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022).statements,
      `${side}s.`,
      found,
    );
  }
  return found;
}

function collect(statements: readonly ts.Statement[], prefix: string, into: Map<string, readonly Member[]>): void {
  for (const statement of statements) {
    if (ts.isModuleDeclaration(statement) && statement.body !== undefined && ts.isModuleBlock(statement.body)) {
      collect(statement.body.statements, `${prefix}${statement.name.text}.`, into);
    } else if (ts.isInterfaceDeclaration(statement)) {
      const members = statement.members.filter(ts.isPropertySignature);
      const named = members.map((each): Member => ({ name: nameOf(each), refers: refersTo(each.type) }));
      into.set(`${prefix}${statement.name.text}`, named);
    }
  }
}

function isStatic({ modifiers }: ts.PropertyDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
}

function nameOf({ name }: Property): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}

/** Interfaces such as `inputs.ecs.ServiceNetworkConfiguration` anywhere in a type. */
function refersTo(type: ts.Node | undefined): readonly string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) {
      const name = written(node.typeName);
      if (/^(?:in|out)puts\./.test(name)) found.push(name);
    }
    ts.forEachChild(node, look);
  };
  if (type !== undefined) look(type);
  return found;
}

function written(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${written(name.left)}.${name.right.text}`;
}
