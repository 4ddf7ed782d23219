package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.actsandbox.client.ActAgent;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests that an agent that is made of the Java package carries credit where it may. */
@ExtendWith(SandboxExtension.class)
class CarriedCreditScenarioTests {

  private static final List<String> MISSIONS =
      List.of(
          "deposit-lowered-by-credit",
          "credit-for-another-hotel",
          "credit-where-no-deposit-is",
          "review-paid-in-full");

  /** Takes the cheapest room with three calls of the package, and checks nothing itself. */
  private record PackagedAgent() implements MissionAgent {

    @Override
    public String name() {
      return "package";
    }

    @Override
    public void perform(MissionSession session) {
      var brief = session.brief();
      var agent = agent(session, brief);
      var hotel = brief.at("/merchants/0/id").asString();
      var offer = agent.offers(hotel, brief.at("/wish/needs/0"), 20).getFirst();
      agent.pay(agent.confirmCart(hotel, offer), _ -> session.say(pause()));
      session.say(Json.object().put("type", "done"));
    }

    private static ActAgent agent(MissionSession session, JsonNode brief) {
      var own = brief.path("agent");
      var seed = Base64.getUrlDecoder().decode(own.at("/private_jwk/d").asString());
      var identity =
          new ExternalAgent(
              own.path("agent_id").asString(),
              new Ed25519KeyPair(own.path("signer_id").asString(), seed),
              own.path("role_key").asString(),
              own.path("instrument_ref").asString());
      var now = Instant.parse(brief.path("now").asString());
      return new ActAgent(
          new SandboxClient(session.outbound()),
          URI.create(brief.path("world").asString()),
          identity,
          () -> now);
    }

    private static ObjectNode pause() {
      return Json.object().put("type", "pause");
    }
  }

  @Test
  void thePackageCarriesCreditOnlyWhereItMay(TargetServer targetServer) {
    var all = MissionPack.of(Path.of("missions")).all();
    var options =
        new GradeOptions("en", 1, 2, Duration.ofSeconds(60), "built-in", ModelBudget.NONE, false);
    var report =
        new GradeRun(targetServer, new PackagedAgent(), options, "carried" + System.nanoTime())
            .play(
                MISSIONS.stream().flatMap(each -> MissionPack.select(all, each).stream()).toList(),
                _ -> {});

    assertThat(report.results()).hasSize(MISSIONS.size());
    assertThat(report.results())
        .allSatisfy(each -> assertThat(each.reasons()).as(each.mission().name()).isEmpty());
  }
}
