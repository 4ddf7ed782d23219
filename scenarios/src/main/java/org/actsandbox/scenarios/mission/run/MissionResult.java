package org.actsandbox.scenarios.mission.run;

import java.time.Duration;
import java.util.List;
import org.actsandbox.scenarios.mission.model.Mission;

/**
 * Says how an agent did one mission, once.
 *
 * @param attempt from 1
 * @param reasons why it did not pass, the first one first; empty if it passed
 * @param story what the agent did, as lines of the journal
 * @param wrongAt the number of the journal entry where it first went wrong; 0 if there is none
 * @param world the name of its world
 * @param recording the journal of its world, gzip in base64, in parts; empty if there is none
 */
public record MissionResult(
    Mission mission,
    int attempt,
    MissionVerdict verdict,
    List<String> reasons,
    MissionFigures figures,
    List<StoryLine> story,
    long wrongAt,
    String world,
    List<String> recording,
    Duration took) {

  /**
   * One thing that happened in the world.
   *
   * @param seq number of the journal entry; 0 for what the agent said to its principal
   * @param actor who did it
   * @param what what it did and what came of it
   */
  public record StoryLine(long seq, String actor, String what) {}

  public boolean passed() {
    return verdict == MissionVerdict.PASSED;
  }

  static MissionResult notPlayed(
      Mission mission, int attempt, MissionVerdict verdict, String reason) {
    return new MissionResult(
        mission,
        attempt,
        verdict,
        List.of(reason),
        MissionFigures.NONE,
        List.of(),
        0,
        "",
        List.of(),
        Duration.ZERO);
  }
}
