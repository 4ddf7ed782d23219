package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.load.LoadReport;
import org.actsandbox.scenarios.load.LoadRun;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.RunningServer;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes complete purchases in bulk on a running server and prints their times. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Makes complete purchases over HTTP against the server on the port, or the nodes of one"
            + " sandbox, in worlds of their own")
final class LoadCommand implements Callable<Integer> {

  private static final int MAX_FLOWS = 1_000_000;

  /** The limit of a run step by step, which keeps every purchase and its messages in memory. */
  private static final int MAX_FLOWS_STEP_BY_STEP = 20_000;

  private static final int MAX_WORLDS = 1_000;

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--level",
      paramLabel = "L1|L2|L3",
      defaultValue = "L1",
      description =
          "L1: the principal approves each; L2: each under an authority of its own, for"
              + " exactly that; L3: the same, for anything of its kind within bounds"
              + " (default: ${DEFAULT-VALUE})")
  private LoadRun.Level level = LoadRun.Level.L1;

  @Option(
      names = "--flows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Purchases to make (default: ${DEFAULT-VALUE})")
  private int flows;

  @Option(
      names = "--concurrency",
      paramLabel = "C",
      defaultValue = "16",
      description = "Purchases at a time, 1 to 256 (default: ${DEFAULT-VALUE})")
  private int concurrency;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "200",
      description = "Purchases before measuring, always back to back (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--nodes",
      paramLabel = "URL",
      split = ",",
      description =
          "Addresses of the nodes of one sandbox, such as http://10.0.0.1:8080,http://10.0.0.2:8080"
              + " (default: the server on this machine's port)")
  private List<URI> nodes = List.of();

  @Option(
      names = "--admin-key",
      paramLabel = "KEY",
      description = "Admin key or start token of the nodes; not needed on this machine")
  private @Nullable String adminKey;

  @Option(
      names = "--worlds",
      paramLabel = "N",
      description =
          "Worlds that get the purchases in turn, 1 to 1000 (default: 1, or 4 for each node)")
  private int worlds;

  @ArgGroup(exclusive = true)
  private Pacing pacing = new Pacing();

  /** The pace of the run: at most one of these options; purchases run back to back without one. */
  static final class Pacing {

    @Option(
        names = "--rate",
        paramLabel = "R",
        description =
            "Purchases that begin each second, 0.1 to 10000, if the concurrency leaves room; a purchase"
                + " counts from when it was to begin (default: the next when one is done)")
    private @Nullable Double rate;

    @Option(
        names = "--step-by-step",
        description =
            "All purchases take one step before the first takes the next: what each request costs at"
                + " this concurrency while nothing else goes on (at most 20000 purchases)")
    private boolean stepByStep;

    private LoadRun.Pace pace() {
      if (stepByStep) {
        return new LoadRun.Pace.StepByStep();
      }
      return rate == null ? new LoadRun.Pace.BackToBack() : new LoadRun.Pace.AtRate(rate);
    }
  }

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean stepByStep = pacing.stepByStep;
    int maxFlows = stepByStep ? MAX_FLOWS_STEP_BY_STEP : MAX_FLOWS;
    if (pacing.rate != null && !(pacing.rate >= 0.1 && pacing.rate <= 10_000)) {
      throw new ServerStartFailure("--rate is 0.1 to 10000 purchases a second", null);
    }
    if (flows < 1 || flows > maxFlows || concurrency < 1 || concurrency > 256 || warmUp < 0) {
      throw new ServerStartFailure(
          "--flows is 1 to %d%s, --concurrency 1 to 256, --warm-up not negative"
              .formatted(maxFlows, stepByStep ? " with --step-by-step" : ""),
          null);
    }
    var target = target();
    try (var outbound = new PooledOutboundClient(uri -> isNode(target, uri))) {
      var client = new SandboxClient(outbound);
      for (var node : target.nodes()) {
        if (!client.isSandbox(node)) {
          throw new ServerStartFailure(
              "no sandbox answers at %s: start one with ./run --port %d"
                  .formatted(node, node.getPort() < 0 ? 8080 : node.getPort()),
              null);
        }
      }
      var loadRun = new LoadRun(client, Clock.systemUTC());
      var report =
          loadRun.run(target, new LoadRun.Plan(level, pacing.pace(), flows, concurrency, warmUp));
      print(report);
      loadRun.failures().forEach((kind, text) -> System.err.println("  " + kind + ": " + text));
      return report.errors() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }

  private LoadRun.Target target() throws IOException {
    if (worlds < 0 || worlds > MAX_WORLDS) {
      throw new ServerStartFailure("--worlds is 1 to " + MAX_WORLDS, null);
    }
    if (nodes.isEmpty()) {
      long pid = RunningServer.at(server.port).map(RunningServer::pid).orElse(0L);
      var origin = URI.create("http://localhost:" + server.port);
      return new LoadRun.Target(List.of(origin), Math.max(1, worlds), adminKey, pid);
    }
    for (var node : nodes) {
      var path = node.getRawPath();
      if (node.getHost() == null || (path != null && !path.isEmpty())) {
        throw new ServerStartFailure(
            "--nodes takes addresses such as http://10.0.0.1:8080, separated by commas, not "
                + node,
            null);
      }
    }
    return new LoadRun.Target(nodes, worlds == 0 ? 4 * nodes.size() : worlds, adminKey, 0);
  }

  private static boolean isNode(LoadRun.Target target, URI uri) {
    return target.nodes().stream().anyMatch(node -> node.getHost().equals(uri.getHost()));
  }

  private void print(LoadReport report) {
    if (json) {
      System.out.println(Json.write(report));
      return;
    }
    System.out.printf(
        "%d purchases at concurrency %d%s, %d errors%s%n",
        report.flows(),
        report.concurrency(),
        report.rate() == null ? "" : ", %.1f to begin each second".formatted(report.rate()),
        report.errors(),
        report.serverRssMb() == 0 ? "" : ", server RSS %d MB".formatted(report.serverRssMb()));
    if (report.purchasesPerSecond() != null) {
      System.out.printf(
          "%.1f purchases/s, p50 %.1f ms, p99 %.1f ms%n",
          report.purchasesPerSecond(), report.p50Ms(), report.p99Ms());
    }
    for (var step : report.steps()) {
      System.out.printf(
          "  %-14s p50 %8.1f ms   p99 %8.1f ms%n", step.step(), step.p50Ms(), step.p99Ms());
    }
    System.out.println("Per purchase, in the server:");
    report
        .perPurchase()
        .server()
        .forEach((name, count) -> System.out.printf("  %-20s %12.1f%n", name, count));
  }
}
