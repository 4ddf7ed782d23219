package org.actsandbox.scenarios.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Script;

/** Plays many scenarios, several at the same time, each in a world of its own. */
public final class PackRun {

  private static final int HASH_CHARS = 8;

  /** A world's name has at most 40 characters. */
  private static final int NAME_CHARS = 28;

  private final TargetServer targetServer;
  private final int parallel;
  private final String run;
  private final int repeat;
  private final boolean keepFailed;

  /**
   * Creates a run that keeps the worlds of failed scenarios.
   *
   * @param parallel how many scenarios are played at the same time
   * @param run a text that distinguishes the worlds of this run from those of other runs on the
   *     same server
   * @param repeat how often each scenario is played; all journals of one scenario must be the same
   */
  public PackRun(TargetServer targetServer, int parallel, String run, int repeat) {
    this(targetServer, parallel, run, repeat, true);
  }

  private PackRun(
      TargetServer targetServer, int parallel, String run, int repeat, boolean keepFailed) {
    this.keepFailed = keepFailed;
    this.targetServer = targetServer;
    this.parallel = parallel;
    this.run = run;
    this.repeat = repeat;
  }

  /**
   * Returns a run that deletes the worlds of failed scenarios as well, for runs in which scenarios
   * are expected to fail.
   */
  PackRun deletingFailedWorlds() {
    return new PackRun(targetServer, parallel, run, repeat, false);
  }

  /**
   * Plays the scripts and returns the verdicts in their order; {@code progress} is called with each
   * verdict on any thread.
   */
  public List<ScenarioVerdict> play(List<Script> scripts, Consumer<ScenarioVerdict> progress) {
    try (var threads = Executors.newFixedThreadPool(parallel, Thread.ofVirtual().factory())) {
      var running =
          scripts.stream()
              .map(
                  script ->
                      threads.submit(
                          () -> {
                            var scenarioVerdict = playOrFail(script);
                            progress.accept(scenarioVerdict);
                            return scenarioVerdict;
                          }))
              .toList();
      return running.stream().map(PackRun::result).toList();
    }
  }

  /** Plays one scenario; if its world cannot be made, only this scenario fails. */
  private ScenarioVerdict playOrFail(Script script) {
    try {
      return play(script);
    } catch (UnexpectedReply | NoAnswerException noWorld) {
      return ScenarioVerdict.notPlayed(
          script, worldName(script, run), String.valueOf(noWorld.getMessage()));
    }
  }

  /**
   * Plays one scenario on the caller's thread.
   *
   * @throws UnexpectedReply if the server refuses to make the world
   * @throws NoAnswerException if the server does not answer the request for the world
   */
  public ScenarioVerdict play(Script script) {
    return repeat == 1
        ? playOnce(script)
        : new RepeatabilityCheck(targetServer, script, worldName(script, run), repeat).play();
  }

  /**
   * Plays the scenario once. The world of a failed scenario is kept, so that a person can examine
   * it.
   */
  private ScenarioVerdict playOnce(Script script) {
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, worldName(script, run), PlayListener.NONE)) {
      var scenarioVerdict = scenarioPlayer.play();
      if (scenarioVerdict.passed() || !keepFailed) {
        scenarioPlayer.deleteWorld();
      }
      return scenarioVerdict;
    }
  }

  /**
   * Returns the name of the scenario's world, such as {@code sc-sold-out-1a2b3c4d}; it is the same
   * for the same file and run.
   */
  public static String worldName(Script script, String run) {
    var hash =
        RequestFingerprint.digest(
                (script.digest() + run).getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .replaceAll("[^A-Za-z0-9]", "")
            .toLowerCase(java.util.Locale.ROOT)
            .substring("sha256".length(), "sha256".length() + HASH_CHARS);
    var name = script.name().substring(0, Math.min(NAME_CHARS, script.name().length()));
    return "sc-%s-%s".formatted(name, hash);
  }

  static <T> T result(Future<T> played) {
    try {
      return played.get();
    } catch (ExecutionException bug) {
      if (bug.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a scenario's thread died", bug);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnplayableStep("stopped while scenarios were playing", interrupted);
    }
  }
}
