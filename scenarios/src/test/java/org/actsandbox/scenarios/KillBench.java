package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server at random moments while four buyers pay ({@code -Dact.bench=kill}, {@code
 * -Dact.kills=200} times). After each restart on the same file every acknowledged purchase is there
 * and is paid once, the ledger adds up, the chain is intact, and nothing is left half done, and
 * each index of a table has exactly the table's rows; at the end all of that holds for all worlds
 * still.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*kill.*")
class KillBench {

  private static final int KILLS = Integer.getInteger("act.kills", 200);

  /** Approvals after which a kill comes at the earliest; which one it is, is random. */
  private static final int MAX_APPROVALS = 30;

  /** The longest time from that approval to the kill; a purchase takes about as long. */
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private record Interrupted(PurchasesKillStory story, ScenarioTestWorld world) {

    void check(SandboxProcess server) {
      var now = world.over(server.outbound());
      story.afterTheKill(now);
      var audit = now.client().get(now.target().at("/trust/audit"), now.target().keys().operator());
      assertThat(audit.path("intact").asBoolean()).as(audit.toString()).isTrue();
    }
  }

  @Test
  void everyAcknowledgedPurchaseSurvives(@TempDir Path data) throws Exception {
    long seed = Long.getLong("act.seed", System.nanoTime());
    var random = new Random(seed);
    int port = SandboxProcess.freePort();
    List<Interrupted> all = new ArrayList<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      try (var server = SandboxProcess.start(data, port)) {
        if (!all.isEmpty()) {
          all.getLast().check(server);
        }
        var world = ScenarioTestWorld.open(server.origin(), server.outbound());
        var story = PurchasesKillStory.begun(world);
        story.startInterruptedWork(world, 1 + random.nextInt(MAX_APPROVALS));
        all.add(new Interrupted(story, world));
        LockSupport.parkNanos(random.nextLong(MAX_PAUSE_NANOS));
      }
      System.out.printf(
          "kill %d of %d (seed %d): %d approvals were acknowledged, %s%n",
          kill,
          KILLS,
          seed,
          all.getLast().story().acknowledged(),
          KilledTables.check(data, data.resolve("killed")));
    }
    try (var server = SandboxProcess.start(data, port)) {
      all.forEach(each -> each.check(server));
    }
    System.out.printf(
        "%d kills, %d acknowledged approvals, none lost%n",
        KILLS, all.stream().mapToInt(each -> each.story().acknowledged()).sum());
  }
}
