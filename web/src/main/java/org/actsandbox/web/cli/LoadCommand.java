package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.actsandbox.protocol.http.PooledOutbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.load.Load;
import org.actsandbox.scenarios.load.LoadReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Complete purchases in bulk against a running server. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Makes complete purchases over HTTP against the server on the port, in a world of their own")
final class LoadCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--level",
      paramLabel = "L1|L2",
      defaultValue = "L1",
      description =
          "L1: the principal approves each; L2: each under an authority of its own"
              + " (default: ${DEFAULT-VALUE})")
  private Load.Level level = Load.Level.L1;

  @Option(
      names = "--flows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Purchases to make (default: ${DEFAULT-VALUE})")
  private long flows;

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
      description = "Purchases before measuring (default: ${DEFAULT-VALUE})")
  private long warmUp;

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (flows < 1 || flows > 10_000_000 || concurrency < 1 || concurrency > 256 || warmUp < 0) {
      throw new CannotStart(
          "--flows is 1 to 10000000, --concurrency 1 to 256, --warm-up not negative", null);
    }
    try (var outbound = new PooledOutbound(uri -> "localhost".equals(uri.getHost()))) {
      var client = new SandboxClient(outbound);
      var origin = URI.create("http://localhost:" + server.port);
      if (!client.isSandbox(origin)) {
        throw new CannotStart(
            "no sandbox runs on port %d: start one with ./run --port %d"
                .formatted(server.port, server.port),
            null);
      }
      long pid = RunningServer.at(server.port).map(RunningServer::pid).orElse(0L);
      var load = new Load(client, Clock.systemUTC());
      var report = load.run(origin, null, new Load.Plan(level, flows, concurrency, warmUp), pid);
      print(report);
      load.failures().forEach((kind, text) -> System.err.println("  " + kind + ": " + text));
      return report.errors() == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }

  private void print(LoadReport report) {
    if (json) {
      System.out.println(Json.write(report));
      return;
    }
    System.out.printf(
        "%d purchases at concurrency %d: %.1f/s, p50 %.1f ms, p99 %.1f ms, %d errors, server RSS %d MB%n",
        report.flows(),
        report.concurrency(),
        report.purchasesPerSecond(),
        report.p50Ms(),
        report.p99Ms(),
        report.errors(),
        report.serverRssMb());
    if (level == Load.Level.L2) {
      System.out.printf(
          "IAC issue p99 %.1f ms, verification of a delegated payment p99 %.1f ms%n",
          report.iacIssueP99Ms(), report.verificationP99Ms());
    }
  }
}
