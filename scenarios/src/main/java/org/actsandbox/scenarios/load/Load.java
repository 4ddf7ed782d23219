package org.actsandbox.scenarios.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.actsandbox.protocol.http.PooledOutbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.ExternalAgent;
import org.actsandbox.scenarios.client.SandboxClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A whole load run: a world of its own, an agent of its own, a warm-up, the measurement. */
public final class Load {

  private static final String RICH = "100000000.00";

  private final SandboxClient client;
  private final Clock clock;
  private final LoadDriver driver = new LoadDriver();

  public Load(SandboxClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** What the purchases rest on. */
  public enum Level {
    /** The principal approves each. */
    L1,
    /** Each has an authority of its own, and nobody is asked. */
    L2
  }

  /**
   * How much of what.
   *
   * @param warmUp purchases before the measurement starts, in the same world
   */
  public record Plan(Level level, long flows, int concurrency, long warmUp) {}

  /**
   * @param pid the server's process, for its memory; 0 when unknown
   */
  public LoadReport run(URI origin, @Nullable String adminKey, Plan plan, long pid)
      throws IOException, InterruptedException {
    var target = client.newWorld(origin, adminKey, richPrincipal());
    var seed = ("load-agent-of-" + target.world() + "-".repeat(32)).substring(0, 32);
    var agent =
        ExternalAgent.register(client, target, "load-agent", seed.getBytes(StandardCharsets.UTF_8));
    try (var outbound = new PooledOutbound(uri -> uri.getPort() == origin.getPort())) {
      var buyer = new Buyer(target, agent, outbound, clock);
      var today = LocalDate.ofInstant(clock.instant(), java.time.ZoneId.of("Asia/Shanghai"));
      var purchase = new PurchaseFlow(buyer, new Wishes(today), "load");
      var delegated =
          plan.level() == Level.L2 ? new DelegatedFlow(purchase, buyer, target, clock) : null;
      var errand = delegated == null ? purchase : delegated;
      driver.run(errand, 0, plan.warmUp(), plan.concurrency(), clock);
      if (delegated != null) {
        delegated.forget();
      }
      var measured = driver.run(errand, plan.warmUp(), plan.flows(), plan.concurrency(), clock);
      return new LoadReport(
          measured.done(),
          plan.concurrency(),
          rounded(measured.done() / measured.seconds()),
          rounded(measured.micros().getValueAtPercentile(50) / 1000.0),
          p99(measured.micros()),
          measured.errors(),
          delegated == null ? null : p99(delegated.issued()),
          delegated == null ? null : p99(delegated.verified()),
          rssMb(pid));
    }
  }

  /** Failures of the measured part by step and status, with one example each. */
  public Map<String, String> failures() {
    return driver.failures();
  }

  private static ObjectNode richPrincipal() {
    var wish = Json.object();
    wish.putObject("principal").put("balance", RICH).put("card_limit", RICH);
    return wish;
  }

  private static double p99(Histogram micros) {
    return rounded(micros.getValueAtPercentile(99) / 1000.0);
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(1, java.math.RoundingMode.HALF_UP).doubleValue();
  }

  private static long rssMb(long pid) throws IOException {
    var status = Path.of("/proc/" + pid + "/status");
    if (pid <= 0 || !Files.isReadable(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    }
  }
}
