/**
 * Reads the vendors' own declarations (the `.d.ts` files of the SDKs in node_modules) and writes what the simulated
 * cloud checks inputs against: names, types and required properties of every modelled resource type. Kinds that no SDK
 * declares are in extensions.json, written after the definitions of their makers. Run after an SDK upgrade: `npx tsx
 * simulator/schema/generate.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import type { ObjectSchema, PropertyType, ProviderSchema, ResourceSchema } from "./schema";
import { providerNames, tokensOf } from "../catalogue";
import extensions from "./extensions.json";

type Members = ts.NodeArray<ts.TypeElement>;

/** Declarations of one SDK package, parsed without a type checker: the generated files are regular enough. */
class Package {
  private readonly types: Record<string, ObjectSchema> = {};
  private readonly nested = new Map<string, Members>();

  private get isKubernetes(): boolean {
    return this.folder.endsWith("kubernetes");
  }

  constructor(readonly folder: string) {
    const inputs = join(folder, "types", "input.d.ts");
    if (existsSync(inputs)) this.collect(parse(inputs).statements, "");
  }

  schema(tokens: readonly string[]): ProviderSchema {
    const resources: Record<string, ResourceSchema> = {};
    for (const token of [...tokens].sort()) resources[token] = this.resource(token);
    return { resources, types: Object.fromEntries(Object.entries(this.types).sort(([a], [b]) => (a < b ? -1 : 1))) };
  }

  private collect(statements: readonly ts.Statement[], prefix: string): void {
    for (const statement of statements) {
      if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)) {
        this.collect(statement.body.statements, `${prefix}${statement.name.text}.`);
      }
      if (ts.isInterfaceDeclaration(statement)) this.nested.set(`${prefix}${statement.name.text}`, statement.members);
    }
  }

  private resource(token: string): ResourceSchema {
    const path = join(this.folder, `${modulePath(token)}.d.ts`);
    const name = token.slice(token.lastIndexOf(":") + 1);
    const statements = parse(path).statements;
    const args = statements.find(
      (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === `${name}Args`,
    );
    const resource = statements.find((each): each is ts.ClassDeclaration => ts.isClassDeclaration(each));
    if (!resource) throw new Error(`No class in ${path}.`);
    const inputs = args ? this.object(args.members) : { fields: {}, required: [] };
    const outputs = resource.members
      .filter(ts.isPropertyDeclaration)
      .filter((each) => !each.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword))
      .map((each) => each.name.getText())
      .filter((key) => !(key in inputs.fields));
    return { ...inputs, outputs };
  }

  private object(members: Members): ObjectSchema {
    const fields: Record<string, PropertyType> = {};
    const required: string[] = [];
    for (const member of members) {
      if (!ts.isPropertySignature(member) || !member.type) continue;
      const key = member.name.getText().replace(/^["']|["']$/g, "");
      // The API takes quantities as numbers too; the SDK declares them as texts.
      const isQuantities = key === "limits" || key === "requests";
      fields[key] = isQuantities && this.isKubernetes ? { map: "number|string" } : this.type(member.type);
      if (!member.questionToken) required.push(key);
    }
    return { fields, required };
  }

  private type(node: ts.TypeNode): PropertyType {
    if (ts.isParenthesizedTypeNode(node)) return this.type(node.type);
    if (ts.isArrayTypeNode(node)) return { list: this.type(node.elementType) };
    if (ts.isTypeLiteralNode(node)) {
      const index = node.members.find(ts.isIndexSignatureDeclaration);
      return index ? { map: this.type(index.type) } : "any";
    }
    if (ts.isUnionTypeNode(node)) return this.union(node);
    if (ts.isLiteralTypeNode(node)) return "string";
    if (ts.isTypeReferenceNode(node)) return this.reference(node);
    if (node.kind === ts.SyntaxKind.StringKeyword) return "string";
    if (node.kind === ts.SyntaxKind.NumberKeyword) return "number";
    return node.kind === ts.SyntaxKind.BooleanKeyword ? "boolean" : "any";
  }

  private union(node: ts.UnionTypeNode): PropertyType {
    const text = node.getText();
    if (/PolicyDocument/.test(text)) return "json";
    const members = node.types
      .filter((each) => each.kind !== ts.SyntaxKind.UndefinedKeyword)
      .map((each) => this.type(each));
    const distinct = [...new Map(members.map((each) => [JSON.stringify(each), each])).values()];
    if (distinct.length === 1 && distinct[0] !== undefined) return distinct[0];
    const names = distinct.filter((each): each is string => typeof each === "string").sort();
    return names.join() === "number,string" ? "number|string" : "any";
  }

  private reference(node: ts.TypeReferenceNode): PropertyType {
    const name = node.typeName.getText();
    const argument = node.typeArguments?.[0];
    if (/(^|\.)(Input|Output|Promise|UnwrappedObject)$/.test(name) && argument) return this.type(argument);
    if (/asset\.(Archive|Asset|AssetArchive)$/.test(name)) return "asset";
    if (name.startsWith("inputs.")) return this.named(name.slice("inputs.".length));
    // Enumerations, ARNs and resources given in place of their ids are strings by the time that a provider sees them.
    return "string";
  }

  private named(name: string): PropertyType {
    if (!(name in this.types)) {
      const members = this.nested.get(name);
      if (!members) return "any";
      this.types[name] = { fields: {}, required: [] };
      this.types[name] = this.object(members);
    }
    return `#${name}`;
  }
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
}

/**
 * `aws:ec2/vpc:Vpc` is ec2/vpc; `kubernetes:core/v1:Pod` is core/v1/pod; `random:index/randomId:RandomId` is randomId.
 */
function modulePath(token: string): string {
  const [, module = "", name = ""] = token.split(":");
  if (token.startsWith("random:")) return module.replace("index/", "");
  if (!token.startsWith("kubernetes:")) return module;
  const file = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  const folder = module.includes("/") ? module.replace(".k8s.io/", "/") : module;
  return `${folder}/${file}`;
}

for (const name of providerNames) {
  const folder = dirname(require.resolve(`@pulumi/${name}/package.json`));
  const target = resolve(__dirname, `${name}.json`);
  const others: ProviderSchema = name === "kubernetes" ? extensions : { resources: {}, types: {} };
  const declared = new Package(folder).schema(tokensOf(name).filter((token) => !(token in others.resources)));
  const resources = { ...declared.resources, ...others.resources };
  writeFileSync(target, `${JSON.stringify({ resources, types: { ...declared.types, ...others.types } })}\n`);
  process.stdout.write(`Wrote ${target}.\n`);
}
