package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Set;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.ScriptReader;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that a session of several principals becomes a file in which each step names its principal.
 */
@ExtendWith(SandboxExtension.class)
class SeveralPrincipalsRecordingTests extends RecordingTestBase {

  /** The verbs of steps that a principal does, or that are done for one. */
  private static final Set<Verb> PRINCIPALS_OWN =
      Set.of(
          Verb.SAY, Verb.CHOOSE, Verb.APPROVE, Verb.IGNORE, Verb.PAY, Verb.CASHIER, Verb.DISPUTE);

  @Test
  void eachStepOfSeveralPrincipalsNamesItsPrincipal(TargetServer targetServer) {
    var script =
        ScriptReader.read(
            "several.yaml",
            """
            scenario: several
            world:
              principals: [{name: lin, home_city: Shanghai, balance: "900.00"}]
            steps:
              - say: %s
              - say: {text: Find the cheapest second-class ticket to Nanjing tomorrow, language: en}
                who: lin
              - choose: cheapest
                who: lin
              - choose: recommended
              - approve: {pin: "111111"}
                who: lin
                expect: {code: pin_wrong}
              - approve: {}
                who: lin
                capture: {order: /orders/0/order_no}
              - ignore: {}
              - buy: {as: charger, merchant: luma-mart, need: {kind: shop, terms: phone charger}}
                who: lin
              - buy: {as: umbrella, merchant: bazaar88, need: {kind: shop, terms: umbrella}, until: asked}
              - cashier: {as: umbrella, key: "principal:lin"}
                expect: {status: 404}
              - cashier: {as: umbrella}
              - call: {method: POST, path: /psp/bindings, key: principal, body: {agent_id: "did:act:outside-agent", account: balance}}
                who: lin
                capture: {asked: /body/binding_id, shown: /body/digest}
              - call: {method: POST, path: "/psp/bindings/${asked}/confirmation", key: principal, body: {decision: APPROVE, digest: "${shown}", pin: "246810"}}
                who: lin
                capture: {second: /body/instrument_ref}
              - buy: {as: lamp, merchant: luma-mart, need: {kind: shop, terms: phone charger}, until: bill}
                who: lin
              - pay: {as: lamp, with: {/instrument_ref: "${second}"}}
                who: lin
              - cashier: {as: lamp, decision: DECLINE}
                who: lin
              - tamper: {as: lie, kind: record_changed, event: "act:payment:transaction-completed", order: "${order}"}
              - dispute: {order_no: "${order}", kind: not_authorized, says: I never wanted it.}
                who: lin
            expect:
              trades: [{status: paid, count: 1}, {who: lin, status: paid, count: 2}]
            """
                .formatted(WISH));
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, "told-several", PlayListener.NONE)) {
      assertPassed(scenarioPlayer.play());
      var again = recorded(targetServer, scenarioPlayer.target().orElseThrow(), "several-again");

      assertThat(again.world().at("/principals/0/name").asString()).isEqualTo("lin");
      assertThat(again.world().at("/principals/0/balance").asString()).isEqualTo("900.00");
      assertThat(again.steps())
          .filteredOn(scenarioStep -> PRINCIPALS_OWN.contains(scenarioStep.verb()))
          .extracting(
              ScenarioStep::verb,
              scenarioStep -> scenarioStep.who() == null ? "principal" : scenarioStep.who())
          .containsExactly(
              tuple(Verb.SAY, "principal"),
              tuple(Verb.SAY, "lin"),
              tuple(Verb.CHOOSE, "lin"),
              tuple(Verb.CHOOSE, "principal"),
              tuple(Verb.APPROVE, "lin"),
              tuple(Verb.APPROVE, "lin"),
              tuple(Verb.IGNORE, "principal"),
              tuple(Verb.PAY, "lin"),
              tuple(Verb.CASHIER, "lin"),
              tuple(Verb.PAY, "principal"),
              tuple(Verb.CASHIER, "principal"),
              tuple(Verb.PAY, "lin"),
              tuple(Verb.CASHIER, "lin"),
              tuple(Verb.DISPUTE, "lin"));
      assertThat(
              again.expect().path("ledger").valueStream().map(each -> each.path("who").asString()))
          .containsExactly("principal", "lin");
      assertThat(again.expect().path("disputes").toString()).contains("{\"who\":\"lin\",");
      assertPassed(replayed(again, targetServer));

      var everythingIsMine =
          again.steps().stream().map(SeveralPrincipalsRecordingTests::ofTheFirst).toList();
      var mine = again.changed(again.world(), everythingIsMine, "mine");
      try (var other = new ScenarioPlayer(mine, targetServer, "re-mine", PlayListener.NONE)) {
        assertThat(other.play().passed()).as("done by another, another end").isFalse();
      }
    }
  }

  private static ScenarioStep ofTheFirst(ScenarioStep scenarioStep) {
    return new ScenarioStep(
        scenarioStep.number(),
        scenarioStep.verb(),
        scenarioStep.arguments(),
        scenarioStep.expect(),
        scenarioStep.capture(),
        scenarioStep.times(),
        scenarioStep.settle(),
        null,
        scenarioStep.note(),
        scenarioStep.place());
  }
}
