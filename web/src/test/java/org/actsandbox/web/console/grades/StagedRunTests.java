package org.actsandbox.web.console.grades;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests that a run says of each agent what it does, and of itself how it ended. */
class StagedRunTests {

  private static final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);

  private final StagedRun run = new StagedRun("r1", List.of("careful", "obeys-titles"));

  @AfterAll
  static void close() {
    outbound.close();
  }

  /** Returns a part that is never played here. */
  private static GradeRun gradeRun() {
    var server = new TargetServer(URI.create("http://127.0.0.1:9"), null, outbound);
    return new GradeRun(server, new GalleryAgent(null), GradeOptions.standard(), "r1");
  }

  private List<String> states() {
    return run.view().parts().stream().map(StagedRun.Part::state).toList();
  }

  @Test
  void playsOneAfterTheOther() {
    assertThat(states()).containsExactly("waiting", "waiting");
    assertThat(run.begin(0, gradeRun())).isTrue();
    assertThat(states()).containsExactly("running", "waiting");
    assertThat(run.end(0)).isTrue();
    assertThat(run.begin(1, gradeRun())).isTrue();
    assertThat(states()).containsExactly("done", "running");
    assertThat(run.view().done()).isEqualTo(1);
    assertThat(run.end(1)).isTrue();
    assertThat(run.view().isOver()).isFalse();

    run.played("/grades/a/m/play/1?with=b");
    assertThat(run.view().state()).isEqualTo(StagedRun.State.PLAYED);
    assertThat(run.view().pair()).isEqualTo("/grades/a/m/play/1?with=b");
    assertThat(run.view().took()).isEqualTo(run.view().took());
  }

  @Test
  void isStoppingUntilTheAgentHasEnded() {
    run.begin(0, gradeRun());
    run.stop();
    assertThat(run.view().state()).isEqualTo(StagedRun.State.STOPPING);
    assertThat(run.view().isOver()).isFalse();
    assertThat(run.end(0)).isFalse();
    assertThat(run.begin(1, gradeRun())).isFalse();
    run.stopped();
    run.stop();
    assertThat(run.view().state()).isEqualTo(StagedRun.State.STOPPED);
    assertThat(states()).containsExactly("stopped", "waiting");
    assertThat(run.view().pair()).isEmpty();
  }

  @Test
  void saysWhyAnAgentCouldNotPlay() {
    run.begin(0, gradeRun());
    run.end(0);
    run.failed(0, "the run was stopped");
    assertThat(run.view().state()).isEqualTo(StagedRun.State.FAILED);
    assertThat(run.view().reason()).isEqualTo("the run was stopped");
    assertThat(run.view().pair()).isEmpty();
    assertThat(states()).containsExactly("failed", "waiting");
  }
}
