# Runs the bundled probe once, as a test, with access to this machine's own network and nothing else.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "probe", worker = .probe),
    (name = "internet", network = (allow = ["local"])),
  ],
);

const probe :Workerd.Worker = (
  modules = [(name = "probe", esModule = embed "workerd-probe.js")],
  bindings = [
    (name = "baseUrl", text = embed "base-url.txt"),
    (name = "expected", text = embed "expected.json"),
  ],
  compatibilityDate = "2026-01-01",
);
