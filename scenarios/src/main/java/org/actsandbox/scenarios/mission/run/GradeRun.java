package org.actsandbox.scenarios.mission.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.model.Mission;

/** Plays many missions with one agent, several at the same time, each in a world of its own. */
public final class GradeRun {

  private static final int HASH_CHARS = 16;

  /** Ours: so many missions in a row that could not be played end the run. */
  private static final int MAX_UNPLAYABLE = 3;

  private final TargetServer targetServer;
  private final MissionAgent agent;
  private final GradeOptions options;
  private final String run;
  private long modelCalls;
  private BigDecimal cost = BigDecimal.ZERO;
  private int unplayable;
  private volatile boolean stopped;

  /**
   * Creates a run.
   *
   * @param run a text that distinguishes the worlds of this run from those of others
   */
  public GradeRun(TargetServer targetServer, MissionAgent agent, GradeOptions options, String run) {
    this.targetServer = targetServer;
    this.agent = agent;
    this.options = options;
    this.run = run;
  }

  /** Plays every mission as often as the options say. */
  public GradeReport play(List<Mission> missions, Consumer<MissionResult> progress) {
    return play(missions, (_, _) -> Optional.empty(), progress);
  }

  /**
   * Plays every mission as often as the options say.
   *
   * @param known the results of an earlier run that is resumed, by mission and attempt
   * @param progress is called with each result, on any thread, one at a time
   */
  public GradeReport play(
      List<Mission> missions,
      BiFunction<String, Integer, Optional<MissionResult>> known,
      Consumer<MissionResult> progress) {
    long started = System.nanoTime();
    var results = new ArrayList<MissionResult>();
    try (var door = PrincipalDoor.open();
        var threads =
            Executors.newFixedThreadPool(options.parallel(), Thread.ofVirtual().factory())) {
      var running = new ArrayList<Future<MissionResult>>();
      for (int attempt = 1; attempt <= options.attempts(); attempt++) {
        for (var mission : missions) {
          int number = attempt;
          running.add(
              threads.submit(
                  () -> {
                    var result =
                        known
                            .apply(mission.name(), number)
                            .orElseGet(() -> play(mission, number, door));
                    synchronized (this) {
                      modelCalls += result.figures().modelCalls();
                      cost = cost.add(result.figures().cost());
                      countUnplayable(result.verdict());
                      progress.accept(result);
                    }
                    return result;
                  }));
        }
      }
      running.forEach(each -> results.add(result(each)));
    }
    return new GradeReport(
        agent.name(),
        options.language(),
        options.attempts(),
        results,
        Duration.ofNanos(System.nanoTime() - started));
  }

  private MissionResult play(Mission mission, int attempt, PrincipalDoor door) {
    var limit = limit();
    return limit.isPresent()
        ? MissionResult.notPlayed(mission, attempt, MissionVerdict.NOT_PLAYED, limit.get())
        : new MissionPlay(mission, agent, options, door, () -> stopped)
            .play(targetServer, worldName(mission, attempt, run), attempt);
  }

  private void countUnplayable(MissionVerdict verdict) {
    if (verdict == MissionVerdict.INFRASTRUCTURE) {
      unplayable++;
    } else if (verdict != MissionVerdict.NOT_PLAYED && unplayable < MAX_UNPLAYABLE) {
      unplayable = 0;
    }
  }

  /** Ends the run soon: missions that are played now are not judged, and no other one begins. */
  public void stop() {
    stopped = true;
  }

  private synchronized Optional<String> limit() {
    if (stopped) {
      return Optional.of(ReasonKind.RUN_STOPPED.say());
    }
    return unplayable >= MAX_UNPLAYABLE
        ? Optional.of(ReasonKind.UNPLAYABLE.say(MAX_UNPLAYABLE))
        : options.budget().reached(modelCalls, cost);
  }

  /**
   * Returns the name of a mission's world in a run. It says nothing of the mission, because the
   * agent sees it.
   */
  public static String worldName(Mission mission, int attempt, String run) {
    var text = "%s %d %s".formatted(mission.name(), attempt, run);
    var digest =
        RequestFingerprint.digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .replaceAll("[^A-Za-z0-9]", "")
            .toLowerCase(java.util.Locale.ROOT);
    return "m-" + digest.substring("sha256".length(), "sha256".length() + HASH_CHARS);
  }

  private static MissionResult result(Future<MissionResult> played) {
    try {
      return played.get();
    } catch (ExecutionException bug) {
      throw new IllegalStateException("a mission's thread died", bug);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while missions were played", stopped);
    }
  }
}
