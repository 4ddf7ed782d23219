package org.actsandbox.scenarios.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.scenarios.client.UnexpectedReply;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Script;

/** Plays many scenarios, several at a time, each in a world of its own. */
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
   * @param run tells the worlds of this run from those of others on the same server
   * @param repeat how often each is played; all journals of one scenario must be the same
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
   * Takes the worlds of failed scenarios away too: for when failing is what they are played for.
   */
  PackRun deletingFailedWorlds() {
    return new PackRun(targetServer, parallel, run, repeat, false);
  }

  /** Verdicts in the order of the scripts. */
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

  /** One that cannot even begin does not end the others. */
  private ScenarioVerdict playOrFail(Script script) {
    try {
      return play(script);
    } catch (UnexpectedReply | NoAnswerException noWorld) {
      return ScenarioVerdict.notPlayed(
          script, worldName(script, run), String.valueOf(noWorld.getMessage()));
    }
  }

  /**
   * One of them, on the caller's thread.
   *
   * @throws UnexpectedReply when its world is not made
   * @throws NoAnswerException when the server does not answer to that
   */
  public ScenarioVerdict play(Script script) {
    return repeat == 1
        ? once(script)
        : new RepeatabilityCheck(targetServer, script, worldName(script, run), repeat).play();
  }

  /** The world of a scenario that failed stays, for whoever wants to look. */
  private ScenarioVerdict once(Script script) {
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, worldName(script, run), PlayListener.NOBODY)) {
      var scenarioVerdict = scenarioPlayer.play();
      if (scenarioVerdict.passed() || !keepFailed) {
        scenarioPlayer.deleteWorld();
      }
      return scenarioVerdict;
    }
  }

  /** {@code sc-sold-out-1a2b3c4d}: the same for the same file and run. */
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
