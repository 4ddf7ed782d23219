package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.play.PlayPace;
import org.actsandbox.scenarios.play.ScenarioPlay;
import org.actsandbox.scenarios.play.ScenarioPlays;
import org.actsandbox.scenarios.script.Script;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Starts and keeps the plays that people watch in this console, each in a world of its own that
 * stays.
 */
@Component
public class ConsolePlays implements AutoCloseable {

  /** Ours: more plays than people watch at a time, and few enough that they run smoothly. */
  static final int MOST = 6;

  /** A pace so slow that no step can happen between start and pause. */
  private static final PlayPace BEFORE_PAUSE = new PlayPace(Duration.ofHours(1));

  private static final Duration WORLD_TIMEOUT = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(ConsolePlays.class);

  private final ScenarioPlays scenarioPlays = new ScenarioPlays(MOST);
  private final OwnTargetServer server;
  private final LatestVerdicts latestVerdicts;

  ConsolePlays(OwnTargetServer server, LatestVerdicts latestVerdicts) {
    this.server = server;
    this.latestVerdicts = latestVerdicts;
  }

  /**
   * Starts a play at human speed.
   *
   * @param paused true if the play waits before its first step until the reader continues it
   * @throws org.actsandbox.protocol.refusal.Refusal {@code rate_limited} if too many plays are
   *     running
   */
  public ScenarioPlay start(Script script, boolean paused) {
    var worldReady = new CountDownLatch(1);
    var scenarioPlay =
        scenarioPlays.start(
            script,
            server.server(),
            PlayWorldNames.of("play", script),
            paused ? BEFORE_PAUSE : PlayPace.HUMAN,
            new PlayListener() {
              @Override
              public void opened(Script opened, TargetWorld targetWorld) {
                worldReady.countDown();
              }

              @Override
              public void finished(ScenarioVerdict scenarioVerdict) {
                latestVerdicts.add(scenarioVerdict);
                worldReady.countDown();
              }
            });
    if (paused) {
      scenarioPlay.pause();
      scenarioPlay.setPace(PlayPace.HUMAN);
    }
    await(worldReady);
    return scenarioPlay;
  }

  /**
   * Waits a short time for the play's world, so that the page is complete when it is shown first.
   * On a busy machine the page is shown without the world and updated later.
   */
  private static void await(CountDownLatch worldReady) {
    try {
      if (!worldReady.await(WORLD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("a play's world takes longer than {}", WORLD_TIMEOUT);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Finds the play in a world, also after its end; empty after a restart of the server. */
  Optional<ScenarioPlay> findByWorld(String world) {
    return scenarioPlays.find(world);
  }

  /** Finds the title of the scenario that was played in a world. */
  public Optional<Text> findTitle(String world) {
    return findByWorld(world).map(play -> play.script().title());
  }

  @Override
  public void close() {
    scenarioPlays.close();
  }
}
