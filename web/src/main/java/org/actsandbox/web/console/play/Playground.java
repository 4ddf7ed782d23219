package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.play.Pace;
import org.actsandbox.scenarios.play.Play;
import org.actsandbox.scenarios.play.Plays;
import org.actsandbox.scenarios.script.Script;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The plays people watch in this console; each in a world of its own that stays. */
@Component
public class Playground implements AutoCloseable {

  /** Ours: more than anybody watches, few enough that those watched do not stutter. */
  static final int MOST = 6;

  /** No first step can slip through between start and pause. */
  private static final Pace NOT_YET = new Pace(Duration.ofHours(1));

  private static final Duration WORLD_PATIENCE = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(Playground.class);

  private final Plays plays = new Plays(MOST);
  private final OwnServer server;
  private final Verdicts verdicts;

  Playground(OwnServer server, Verdicts verdicts) {
    this.server = server;
    this.verdicts = verdicts;
  }

  /**
   * Starts one at human speed.
   *
   * @param paused whether it waits before its first step until somebody lets it go on
   * @throws org.actsandbox.protocol.refusal.Refusal {@code rate_limited}
   */
  public Play start(Script script, boolean paused) {
    var begun = new CountDownLatch(1);
    var play =
        plays.start(
            script,
            server.server(),
            WorldNames.of("play", script),
            paused ? NOT_YET : Pace.HUMAN,
            new PlayListener() {
              @Override
              public void opened(Script opened, Target target) {
                begun.countDown();
              }

              @Override
              public void finished(Verdict verdict) {
                verdicts.add(verdict);
                begun.countDown();
              }
            });
    if (paused) {
      play.pause();
      play.setPace(Pace.HUMAN);
    }
    await(begun);
    return play;
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
  Optional<Play> in(String world) {
    return plays.find(world);
  }

  @Override
  public void close() {
    plays.close();
  }
}
