package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.play.PlayPace;
import org.actsandbox.scenarios.play.ScenarioPlay;
import org.actsandbox.scenarios.play.ScenarioPlays;
import org.actsandbox.scenarios.script.Script;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The plays people watch in this console; each in a world of its own that stays. */
@Component
public class ConsolePlays implements AutoCloseable {

  /** Ours: more than anybody watches, few enough that those watched do not stutter. */
  static final int MOST = 6;

  /** No first step can slip through between start and pause. */
  private static final PlayPace NOT_YET = new PlayPace(Duration.ofHours(1));

  private static final Duration WORLD_PATIENCE = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(ConsolePlays.class);

  private final ScenarioPlays scenarioPlays = new ScenarioPlays(MOST);
  private final OwnTargetServer server;
  private final LatestVerdicts latestVerdicts;

  ConsolePlays(OwnTargetServer server, LatestVerdicts latestVerdicts) {
    this.server = server;
    this.latestVerdicts = latestVerdicts;
  }

  /**
   * Starts one at human speed.
   *
   * @param paused whether it waits before its first step until somebody lets it go on
   * @throws org.actsandbox.protocol.refusal.Refusal {@code rate_limited}
   */
  public ScenarioPlay start(Script script, boolean paused) {
    var begun = new CountDownLatch(1);
    var scenarioPlay =
        scenarioPlays.start(
            script,
            server.server(),
            PlayWorldNames.of("play", script),
            paused ? NOT_YET : PlayPace.HUMAN,
            new PlayListener() {
              @Override
              public void opened(Script opened, TargetWorld targetWorld) {
                begun.countDown();
              }

              @Override
              public void finished(ScenarioVerdict scenarioVerdict) {
                latestVerdicts.add(scenarioVerdict);
                begun.countDown();
              }
            });
    if (paused) {
      scenarioPlay.pause();
      scenarioPlay.setPace(PlayPace.HUMAN);
    }
    await(begun);
    return scenarioPlay;
  }

  /**
   * Its world is there in a moment, then its page is whole at once; a busy machine's page waits.
   */
  private static void await(CountDownLatch begun) {
    try {
      if (!begun.await(WORLD_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("a play's world takes longer than {}", WORLD_PATIENCE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The play in that world, also when it is over; none after a restart. */
  Optional<ScenarioPlay> findByWorld(String world) {
    return scenarioPlays.find(world);
  }

  @Override
  public void close() {
    scenarioPlays.close();
  }
}
