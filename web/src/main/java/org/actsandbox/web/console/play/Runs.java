package org.actsandbox.web.console.play;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.scenarios.engine.Player;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.play.Run.Purpose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs scenarios at machine speed in worlds of their own and keeps how the last runs went. */
@Component
public class Runs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

  /** Ours: what a machine of two cores plays at a time while pages stay quick. */
  private static final int AT_A_TIME = 2;

  private static final int MOST_UNFINISHED = 8;
  private static final int KEPT = 30;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().name("run-", 0).factory());
  private final Deque<Run> runs = new ArrayDeque<>();
  private final OwnServer server;
  private final Verdicts verdicts;
  private final Worlds worlds;

  Runs(OwnServer server, Verdicts verdicts, Worlds worlds) {
    this.server = server;
    this.verdicts = verdicts;
    this.worlds = worlds;
  }

  /** What differs from the file: a label and its two values; only the label for a stand-in. */
  public record Change(Text label, String from, String to) {

    static final Change NONE = new Change(Text.same(""), "", "");
  }

  /**
   * Runs files as they are.
   *
   * @throws Refusal {@code rate_limited} when too many runs are not over
   */
  public Run start(List<Script> scripts) {
    return enqueue(new Run(WorldNames.unique(), Purpose.TEST, Change.NONE, scripts));
  }

  /** Runs a file and the same with one thing changed. */
  public Run compare(List<Script> both, Change change) {
    return enqueue(new Run(WorldNames.unique(), Purpose.COMPARISON, change, both));
  }

  /** Runs files in worlds with a defective stand-in. */
  public Run hunt(List<Script> defective, Text wrong) {
    return enqueue(
        new Run(WorldNames.unique(), Purpose.HUNT, new Change(wrong, "", ""), defective));
  }

  public synchronized Optional<Run> find(String id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }

  private synchronized Run enqueue(Run run) {
    if (runs.stream().filter(other -> !other.isOver()).count() >= MOST_UNFINISHED) {
      throw new Refusal(Problem.RATE_LIMITED, "%d runs are not over yet".formatted(MOST_UNFINISHED))
          .expected("at most %d at a time".formatted(MOST_UNFINISHED))
          .remedy("Wait until one of them is over.");
    }
    if (runs.size() >= KEPT) {
      runs.stream().filter(Run::isOver).findFirst().ifPresent(runs::remove);
    }
    runs.addLast(run);
    var left = new AtomicInteger(run.parts().size());
    for (var part : run.parts()) {
      threads.execute(
          () -> {
            play(run, part);
            if (left.decrementAndGet() == 0) {
              run.over();
            }
          });
    }
    return run;
  }

  private void play(Run run, Run.Part part) {
    part.begin();
    var world = WorldNames.of(run.purpose() == Purpose.TEST ? "run" : "try", part.script());
    try (var player = new Player(part.script(), server.server(), world, part)) {
      var verdict = player.play();
      if (run.purpose() == Purpose.TEST) {
        verdicts.add(verdict);
      }
      part.end(verdict, worlds.find(world).map(EndState::of).orElse(null));
      if (verdict.passed() && run.purpose() == Purpose.TEST) {
        player.deleteWorld();
      }
    } catch (Unexpected | Unanswered noWorld) {
      part.end(Verdict.notPlayed(part.script(), world, String.valueOf(noWorld.getMessage())), null);
    } catch (RuntimeException bug) {
      LOG.error("{} could not be run in world {}", part.script().name(), world, bug);
      part.end(Verdict.notPlayed(part.script(), world, "a bug: " + bug), null);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
