# Runs the bundled probe once, as a test, with no access to anything.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "probe", worker = .probe)]);

const probe :Workerd.Worker = (
  modules = [(name = "probe", esModule = embed "workerd-probe.js")],
  bindings = [(name = "expected", text = embed "expected.json")],
  compatibilityDate = "2026-01-01",
);
