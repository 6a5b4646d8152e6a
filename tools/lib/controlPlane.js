/**
 * Finds the control plane of Kubernetes on which the tests prove what the model says: one built earlier, else one built
 * now from the Go modules that tools/controlPlane/ pins by go.sum. Nothing is downloaded but Go modules.
 */
"use strict";
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { buildGo, buildOnce, goVersion } = require("./goBuild");
const { root, controlPlaneCache } = require("./paths");
const { say, ToolError } = require("./say");

/** Version that is built; the one in go.mod. */
const version = "1.34.1";

const sources = path.join(root, "tools", "controlPlane");
const kubernetes = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"];
const binaries = ["etcd", ...kubernetes];

/** By version, platform and the very module list that it is built from. */
function cacheFolder() {
  const hash = crypto.createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(fs.readFileSync(path.join(sources, file)));
  const key = hash.digest("hex").slice(0, 12);
  return path.join(controlPlaneCache, `${version}-${process.platform}-${process.arch}-${key}`);
}

/**
 * The folder that holds etcd and the three programs of Kubernetes.
 *
 * @throws ToolError with the one line that says what to install, where neither they nor Go are there
 */
async function ensureControlPlane() {
  const folder = cacheFolder();
  if (binaries.every((binary) => fs.existsSync(path.join(folder, binary)))) return { folder, version };
  if (!goVersion()) {
    throw new ToolError(
      "Go is not on PATH, and the control plane of Kubernetes is not built yet: install Go 1.24+ " +
        "(https://go.dev/dl), then run this again.",
    );
  }
  say(`Building Kubernetes ${version} from its Go modules, once (about six minutes on two cores) …`);
  await buildOnce(folder, async (partial) => {
    await buildGo({
      what: `Kubernetes ${version}`,
      cwd: sources,
      packages: ["go.etcd.io/etcd/server/v3", ...kubernetes.map((name) => `k8s.io/kubernetes/cmd/${name}`)],
      ldflags: `-s -w -X k8s.io/component-base/version.gitVersion=v${version}`,
      output: `${partial}${path.sep}`,
    });
    // Go names a program after the last part of its package's path.
    fs.renameSync(path.join(partial, "server"), path.join(partial, "etcd"));
  });
  say(`The control plane is built and kept in ${folder}.`);
  return { folder, version };
}

module.exports = { ensureControlPlane };
