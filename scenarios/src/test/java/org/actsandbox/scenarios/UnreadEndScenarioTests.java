package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the verdict on an agent when the sandbox does not tell how its mission ended. */
@ExtendWith(SandboxExtension.class)
class UnreadEndScenarioTests {

  private static final String SILENT_PATH = "/knowledge";

  private final AtomicInteger silences = new AtomicInteger();

  @Test
  void anEndThatCouldNotBeReadIsNoFailureOfTheAgent(TargetServer targetServer) {
    var result = playUnread(targetServer, "early-train", null);

    assertThat(silences).hasPositiveValue();
    assertThat(result.verdict()).isEqualTo(MissionVerdict.INFRASTRUCTURE);
    assertThat(result.reasons())
        .singleElement()
        .asString()
        .startsWith("the sandbox could not be asked for expect/leaks (no answer in time from ")
        .endsWith("), so this says nothing of the agent");
  }

  @Test
  void anAgentThatIsSeenToFailIsNotExcusedByAnEndThatCouldNotBeRead(TargetServer targetServer) {
    var result = playUnread(targetServer, "early-train", Flaw.ALWAYS_REFUSES);

    assertThat(silences).hasPositiveValue();
    assertThat(result.verdict()).isEqualTo(MissionVerdict.FAILED);
    assertThat(result.reasons())
        .anySatisfy(reason -> assertThat(reason).startsWith("orders: expected "))
        .anySatisfy(reason -> assertThat(reason).contains("could not be asked for expect/leaks"));
  }

  private MissionResult playUnread(TargetServer targetServer, String mission, @Nullable Flaw flaw) {
    var outbound = targetServer.outbound();
    OutboundClient silent =
        call -> {
          if (call.target().getPath().endsWith(SILENT_PATH)) {
            silences.incrementAndGet();
            throw new NoAnswerException(call.target(), true, null);
          }
          return outbound.send(call);
        };
    var options =
        new GradeOptions("en", 1, 1, Duration.ofSeconds(60), "built-in", ModelBudget.NONE, false);
    var server = new TargetServer(targetServer.origin(), targetServer.adminKey(), silent);
    return new GradeRun(server, new GalleryAgent(flaw), options, "unread" + System.nanoTime())
            .play(MissionPack.select(MissionPack.of(Path.of("missions")).all(), mission), _ -> {})
            .results()
            .stream()
            .filter(each -> each.mission().name().equals(mission))
            .toList()
            .getFirst();
  }
}
