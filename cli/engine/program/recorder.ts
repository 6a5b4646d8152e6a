/**
 * What a program registers, answered as the engine's preview answers it: outputs are the inputs, and what the program
 * did not set stays unknown, because the SDK takes an absent output for unknown in a dry run.
 */
import { createHash } from "node:crypto";
import type { Registration } from "../../../inventory/sources/registrations";
import { defaultProviderName, defaultProviderType, packageOf } from "./defaultProvider";
import { isWireObject, knownText, unknownText, type Wire, type WireObject } from "./wire";
import { byText } from "../../../lib/order";

/** A registration as recorded; `id` is known for what is read or imported. */
export interface RecordedResource extends Registration {
  readonly id?: string;
  readonly inputs: WireObject;
  readonly outputs: WireObject;
}

export interface RegisterRequest {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly provider: string;
  /** Id of what is read or imported; empty where it is made. */
  readonly id: string;
  readonly version: string;
  readonly downloadUrl: string;
  readonly inputs: WireObject;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

export interface RecorderOptions {
  readonly project: string;
  readonly stack: string;
  /** The stack's configuration, from which default providers are made. */
  readonly config: Readonly<Record<string, string>>;
}

/** The engine refuses it too, and a resource that takes another's place would hide it from the verdict. */
export class DuplicateUrnError extends Error {
  constructor(readonly urn: string) {
    super(`The URN ${urn} is registered twice.`);
  }
}

const rootType = "pulumi:pulumi:Stack";

export class Recorder {
  private readonly byUrn = new Map<string, RecordedResource>();

  constructor(private readonly options: RecorderOptions) {}

  /** Everything that was recorded, sorted by URN: concurrent registrations arrive in any order. */
  registrations(): readonly RecordedResource[] {
    return [...this.byUrn.values()].sort((a, b) => byText(a.urn, b.urn));
  }

  get(urn: string): RecordedResource | undefined {
    return this.byUrn.get(urn);
  }

  /** Records one resource and gives what the program is told about it. */
  register(request: RegisterRequest): RecordedResource {
    const urn = this.urnOf(request);
    if (this.byUrn.has(urn)) throw new DuplicateUrnError(urn);
    const provider = request.custom ? request.provider || this.defaultProvider(request) : request.provider;
    const registration: RecordedResource = {
      urn,
      type: request.type,
      name: request.name,
      custom: request.custom,
      ...(request.parent ? { parent: request.parent } : {}),
      ...(provider ? { provider } : {}),
      ...(request.id ? { id: request.id } : {}),
      inputs: request.inputs,
      outputs: request.custom ? withGeneratedName(request, urn) : {},
      dependencies: [...request.dependencies].sort(),
      propertyDependencies: request.propertyDependencies,
    };
    this.byUrn.set(urn, registration);
    return registration;
  }

  /** Keeps what a component published; unknown URNs are the SDK's mistake and would show as a missing component. */
  publish(urn: string, outputs: WireObject): void {
    const registration = this.byUrn.get(urn);
    if (registration) this.byUrn.set(urn, { ...registration, outputs });
  }

  /** Region of a resource's provider, or of the configuration, as far as it is known. */
  regionOf(providerReference: string): string | undefined {
    const urn = providerReference.slice(0, Math.max(0, providerReference.lastIndexOf("::")));
    return knownText(this.byUrn.get(urn)?.inputs["region"]) ?? this.options.config["aws:region"];
  }

  private urnOf({ type, name, parent }: RegisterRequest): string {
    const parentType = parent.split("::")[2];
    const chain = parentType === undefined || parentType === rootType ? "" : `${parentType}$`;
    return `urn:pulumi:${this.options.stack}::${this.options.project}::${chain}${type}::${name}`;
  }

  private defaultProvider(request: RegisterRequest): string {
    const name = packageOf(request.type);
    if (name === "pulumi") return "";
    const type = defaultProviderType(name);
    const providerName = defaultProviderName(request.version, request.downloadUrl);
    const urn = `urn:pulumi:${this.options.stack}::${this.options.project}::${type}::${providerName}`;
    if (!this.byUrn.has(urn)) {
      const inputs = this.providerInputs(name, request.version);
      this.byUrn.set(urn, {
        ...{ urn, type, name: providerName, custom: true, inputs, outputs: inputs },
        ...{ dependencies: [], propertyDependencies: {} },
      });
    }
    return `${urn}::${unknownText}`;
  }

  private providerInputs(name: string, version: string): WireObject {
    const prefix = `${name}:`;
    const settings = Object.entries(this.options.config)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), structured(value)] as const);
    return { ...Object.fromEntries(settings), ...(version ? { version } : {}) };
  }
}

/** Settings that are objects reach a provider as JSON text; readers look into them (default tags, for one). */
function structured(text: string): Wire {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Wire;
  } catch {
    return text;
  }
}

/**
 * The Kubernetes provider names an object in its check, so the name is known in a preview (auto-naming). A dependent
 * would otherwise see a known object without a name. The suffix comes from the URN: the same program, the same names.
 */
function withGeneratedName({ type, name, inputs }: RegisterRequest, urn: string): WireObject {
  const metadata = inputs["metadata"];
  if (packageOf(type) !== "kubernetes" || (metadata !== undefined && !isWireObject(metadata))) return inputs;
  if (type.startsWith("pulumi:") || !("kind" in inputs)) return inputs;
  if (metadata?.["name"] !== undefined || metadata?.["generateName"] !== undefined) return inputs;
  const suffix = createHash("sha256").update(urn).digest("hex").slice(0, 8);
  return { ...inputs, metadata: { ...metadata, name: `${name}-${suffix}` } };
}
