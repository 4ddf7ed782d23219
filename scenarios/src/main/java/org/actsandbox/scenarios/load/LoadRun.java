package org.actsandbox.scenarios.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Runs a whole load run: it makes worlds and agents of its own, warms up, and measures. */
public final class LoadRun {

  /** So much money that no purchase of a run fails for lack of it. */
  private static final String AMPLE_BALANCE = "100000000.00";

  private final SandboxClient client;
  private final Clock clock;
  private Map<String, String> failures = Map.of();

  public LoadRun(SandboxClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Lists the levels of payment with which the purchases are made. */
  public enum Level {
    /** The principal approves each payment. */
    L1,
    /** Each purchase has an authority of its own, for exactly that, and needs no approval. */
    L2,
    /** Each purchase has an authority of its own, for anything of its kind within bounds. */
    L3
  }

  /** Says how purchases follow each other. */
  public sealed interface Pace {

    /** A worker starts its next purchase when one is done, so the server sets the rate. */
    record BackToBack() implements Pace {}

    /** {@code perSecond} purchases begin each second, if the concurrency allows it. */
    record AtRate(double perSecond) implements Pace {}

    /** All purchases take one step before the first takes the next; all are kept in memory. */
    record StepByStep() implements Pace {}
  }

  /**
   * Holds the size and the kind of a run.
   *
   * @param flows the number of measured purchases
   * @param concurrency the number of workers
   * @param warmUp the number of purchases before the measurement starts, in the same worlds
   */
  public record Plan(Level level, Pace pace, int flows, int concurrency, int warmUp) {}

  /**
   * Says where the purchases are made.
   *
   * @param nodes addresses of the nodes of one sandbox; one address for a sandbox of one process
   * @param worlds the number of worlds, which are spread over the nodes
   * @param pid the server's process id, to read its memory; 0 if it is unknown
   */
  public record Target(List<URI> nodes, int worlds, @Nullable String adminKey, long pid) {

    public Target {
      nodes = List.copyOf(nodes);
      if (nodes.isEmpty() || worlds < 1) {
        throw new IllegalArgumentException("a load run needs a node and a world");
      }
    }

    private URI node(int world) {
      return nodes.get(world % nodes.size());
    }

    /** Says whether the address is on the machine of a node, or the balancer's on one of them. */
    private boolean permits(URI address) {
      return nodes.stream().anyMatch(node -> node.getHost().equals(address.getHost()));
    }
  }

  /** Runs the plan in one world of the server at {@code origin}. */
  public LoadReport run(URI origin, @Nullable String adminKey, Plan plan, long pid)
      throws IOException, InterruptedException {
    return run(new Target(List.of(origin), 1, adminKey, pid), plan);
  }

  /** Runs the plan in worlds of its own. */
  public LoadReport run(Target target, Plan plan) throws IOException, InterruptedException {
    try (var outbound = new PooledOutboundClient(target::permits)) {
      var worlds = new ArrayList<List<LoadPurchase.Step>>();
      for (int world = 0; world < target.worlds(); world++) {
        worlds.add(steps(target.node(world), target.adminKey(), plan.level(), outbound));
      }
      var driver = new LoadDriver(LoadPurchase.Step.spread(worlds), plan.concurrency(), clock);
      driver.runToEnd(0, plan.warmUp());
      var serverBefore = ServerCost.atRest(outbound, target.nodes(), target.adminKey());
      var driverBefore = driver.ownCost();
      var measured =
          switch (plan.pace()) {
            case Pace.BackToBack() -> driver.runToEnd(plan.warmUp(), plan.flows());
            case Pace.AtRate(double perSecond) ->
                driver.atRate(plan.warmUp(), plan.flows(), perSecond);
            case Pace.StepByStep() -> driver.stepByStep(plan.warmUp(), plan.flows());
          };
      failures = driver.failures();
      long done = Math.max(1, measured.done());
      var driverCost = driver.ownCost().per(done, driverBefore);
      var serverCost =
          ServerCost.atRest(outbound, target.nodes(), target.adminKey()).per(done, serverBefore);
      return report(
          plan, measured, rssMb(target.pid()), new LoadReport.PurchaseCost(serverCost, driverCost));
    }
  }

  /** Makes a world with an agent, and returns the steps of a purchase in it. */
  private List<LoadPurchase.Step> steps(
      URI origin, @Nullable String adminKey, Level level, OutboundClient outbound) {
    var targetWorld = client.newWorld(origin, adminKey, worldSettings());
    var seed = ("load-agent-of-" + targetWorld.world() + "-".repeat(32)).substring(0, 32);
    var agent =
        ExternalAgent.register(
            client, targetWorld, "load-agent", seed.getBytes(StandardCharsets.UTF_8));
    var purchaseClient = new PurchaseClient(targetWorld, agent, outbound, clock);
    var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
    var purchase = new PurchaseSteps(purchaseClient, new LoadNeeds(today));
    return switch (level) {
      case L1 -> purchase.all();
      case L2 ->
          new DelegatedPurchaseSteps(
                  DelegationMode.SPECIFIED, purchase, purchaseClient, targetWorld, clock)
              .all();
      case L3 ->
          new DelegatedPurchaseSteps(
                  DelegationMode.BOUNDED, purchase, purchaseClient, targetWorld, clock)
              .all();
    };
  }

  /** Returns the failures of the measured part by step and status, with one example each. */
  public Map<String, String> failures() {
    return failures;
  }

  private static LoadReport report(
      Plan plan,
      LoadDriver.Measurement measured,
      long rssMb,
      LoadReport.PurchaseCost purchaseCost) {
    var whole = plan.pace() instanceof Pace.StepByStep ? null : measured.whole();
    var steps =
        measured.bySteps().stream()
            .map(
                timed ->
                    new LoadReport.StepTime(
                        timed.step().name(), at(timed.micros(), 50), at(timed.micros(), 99)))
            .toList();
    return new LoadReport(
        measured.done(),
        plan.concurrency(),
        plan.pace() instanceof Pace.AtRate(double perSecond) ? perSecond : null,
        whole == null ? null : rounded(measured.done() / measured.seconds()),
        whole == null ? null : at(whole, 50),
        whole == null ? null : at(whole, 99),
        measured.errors(),
        p99(steps, DelegatedPurchaseSteps.ISSUE),
        p99(steps, DelegatedPurchaseSteps.VERIFICATION),
        steps,
        rssMb,
        purchaseCost);
  }

  private static @Nullable Double p99(List<LoadReport.StepTime> steps, String name) {
    return steps.stream()
        .filter(step -> step.step().equals(name))
        .map(LoadReport.StepTime::p99Ms)
        .findFirst()
        .orElse(null);
  }

  static ObjectNode worldSettings() {
    var settings = Json.object();
    settings.putObject("principal").put("balance", AMPLE_BALANCE).put("card_limit", AMPLE_BALANCE);
    return settings;
  }

  private static double at(Histogram micros, double percentile) {
    return rounded(micros.getValueAtPercentile(percentile) / 1000.0);
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
