package org.actsandbox.scenarios.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.scenarios.SandboxProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares a purchase in a world with few purchases with one in a world, or among worlds, with very
 * many ({@code -Dact.bench=growth -Dact.growth.purchases=100000 -Dact.growth.worlds=1}). Each store
 * begins with purchases that were really made; the large one gets copies of them while its server
 * is stopped. Then both servers run, and make purchases in turns. The figures are in
 * docs/performance-notes.md.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*growth.*")
class StoreGrowthBench {

  private static final int MADE = Integer.getInteger("act.growth.made", 500);
  private static final int SMALL = 1_000;
  private static final int LARGE = Integer.getInteger("act.growth.purchases", 100_000);
  private static final int WORLDS = Integer.getInteger("act.growth.worlds", 1);
  private static final int ROUNDS = Integer.getInteger("act.growth.rounds", 8);
  private static final int PER_ROUND = Integer.getInteger("act.growth.round", 100);
  private static final int CONCURRENCY = 4;

  /** The highest allowed ratio of counts. */
  private static final double MAX_RATIO = 1.1;

  private final Clock clock = Clock.systemUTC();

  @Test
  void aPurchaseCostsTheSameAmongMany(@TempDir Path temporary) throws Exception {
    var folder = Path.of(System.getProperty("act.growth.folder", temporary.toString()));
    try (var small = Store.filled(folder.resolve("small"), SMALL, 1, clock);
        var large = Store.filled(folder.resolve("large"), LARGE, WORLDS, clock)) {
      for (int round = 0; round < ROUNDS; round++) {
        (round % 2 == 0 ? small : large).buy();
        (round % 2 == 0 ? large : small).buy();
      }
      small.print();
      large.print();
      for (var count : List.of("sql_executions", "connections", "allocated_bytes")) {
        assertThat(large.cost().getOrDefault(count, Double.MAX_VALUE))
            .as(count)
            .isLessThanOrEqualTo(MAX_RATIO * small.cost().getOrDefault(count, 0.0));
      }
    }
  }

  /** Represents a server with its stored purchases. */
  private static final class Store implements AutoCloseable {

    private final String name;
    private final SandboxProcess server;
    private final LoadDriver driver;
    private final Map<String, Double> sums = new TreeMap<>();
    private long next = MADE;

    private Store(String name, SandboxProcess server, LoadDriver driver) {
      this.name = name;
      this.server = server;
      this.driver = driver;
    }

    static Store filled(Path data, int purchases, int worlds, Clock clock) throws Exception {
      Files.createDirectories(data);
      int port = SandboxProcess.freePort();
      TargetWorld world;
      ExternalAgent agent;
      try (var server = SandboxProcess.start(data, port)) {
        var client = new SandboxClient(server.outbound());
        world = client.newWorld(server.origin(), null, LoadRun.worldSettings());
        var seed = "store-growth-bench-".repeat(2).substring(0, 32);
        agent =
            ExternalAgent.register(
                client, world, "load-agent", seed.getBytes(StandardCharsets.UTF_8));
        var driver = driver(world, agent, server.outbound(), clock);
        assertThat(driver.runToEnd(0, MADE).errors()).as(driver.failures().toString()).isZero();
        ServerCost.atRest(server.outbound(), List.of(server.origin()), null);
        server.stop();
      }
      try (var stored = new StoredPurchases(data, world.world())) {
        stored.multiply(purchases / MADE, worlds);
      }
      var file = data.resolve("sandbox.mv.db");
      System.out.printf(
          Locale.ROOT, "%s: %,d purchases, %,d MB%n", data, purchases, Files.size(file) >> 20);
      long begin = System.nanoTime();
      var server = SandboxProcess.start(data, port, "--act.max-worlds=100000");
      System.out.printf(
          Locale.ROOT, "%s: started after %.1f s%n", data, (System.nanoTime() - begin) / 1e9);
      return new Store(
          data.getFileName().toString(), server, driver(world, agent, server.outbound(), clock));
    }

    private static LoadDriver driver(
        TargetWorld world, ExternalAgent agent, PooledOutboundClient outbound, Clock clock) {
      var purchases = new PurchaseClient(world, agent, outbound, clock);
      var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
      return new LoadDriver(
          new PurchaseSteps(purchases, new LoadNeeds(today)).all(), CONCURRENCY, clock);
    }

    /** Makes the purchases of a round; what the first one costs does not count. */
    void buy() throws InterruptedException, IOException {
      var origins = List.<URI>of(server.origin());
      var before = ServerCost.atRest(server.outbound(), origins, null);
      long read = read();
      var measured = driver.runToEnd(next, PER_ROUND);
      assertThat(measured.errors()).as(driver.failures().toString()).isZero();
      var after = ServerCost.atRest(server.outbound(), origins, null);
      var cost = new TreeMap<>(after.per(PER_ROUND, before));
      cost.put("read_bytes", (double) (read() - read) / PER_ROUND);
      cost.put("resident_mb", resident());
      System.out.println(name + " " + cost);
      if (next > MADE) {
        cost.forEach((count, each) -> sums.merge(count, each, Double::sum));
      }
      next += PER_ROUND;
    }

    /** Returns the bytes that the process has read, from sockets and from its file. */
    private long read() throws IOException {
      return figure("io", "rchar:");
    }

    private double resident() throws IOException {
      return figure("status", "VmRSS:") / 1024.0;
    }

    private long figure(String file, String label) throws IOException {
      try (var lines = Files.lines(Path.of("/proc/" + server.process().pid() + "/" + file))) {
        return lines
            .filter(line -> line.startsWith(label))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum();
      }
    }

    /** Returns the means of all rounds but the first. */
    Map<String, Double> cost() {
      var means = new TreeMap<>(sums);
      means.replaceAll((_, sum) -> Math.round(100 * sum / (ROUNDS - 1)) / 100.0);
      return means;
    }

    void print() {
      System.out.println(name + ", means: " + cost());
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
