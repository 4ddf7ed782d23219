package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.actsandbox.client.EventStream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptReader;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that sessions with authorities, and purchases under them, become files that pass. */
@ExtendWith(SandboxExtension.class)
class AuthorityRecordingTests extends RecordingTestBase {

  private static final String HARBIN =
      "Get me a second-class ticket to Harbin on January 20, at most 600 yuan, keep trying until"
          + " Friday";

  private static final String REPORT =
      "Prepare a report on coffee prices in English, spend at most 20 yuan";

  /** All scenarios of the theme pass; these four cover their special cases. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "budget-exhausted-by-a-race",
        "planned-payment",
        "personal-agent",
        "two-people-one-agent"
      })
  void aPlayedScenarioAboutAuthorityBecomesOneThatPasses(String name, TargetServer targetServer) {
    var script = ScenarioPack.load().find(name);
    var again = played(script, targetServer);

    assertThat(again.expect().has("delegations")).isTrue();
    assertPassed(replayed(again, targetServer));
  }

  @Test
  void aTicketBoughtWhileThePrincipalWasAwayIsRecorded(TargetServer targetServer) {
    var again =
        recordedAndReplayed(
            targetServer,
            "away",
            """
            scenario: away
            world:
              clock: "2026-12-20T09:00:00+08:00"
              principal: {home_city: Beijing, ask_every_payment: true}
            steps:
              - say: %s
              - authorize: {pin: "111111"}
                expect: {code: pin_wrong}
              - authorize: {}
              - suspend: {reason: let me think}
              - advance: PT1H
              - resume: {}
              - advance: {to: "2026-12-21T00:55:00+08:00"}
              - check: {trades: [{status: waiting_for_approval, count: 1}], watches: [{state: buying}]}
              - approve: {pin: "111111"}
                expect: {code: pin_wrong}
              - approve: {}
              - advance: PT10M
              - call: {method: GET, path: /psp/payments, key: principal}
                capture: {order: /body/items/0/merchant_order_no}
              - call: {method: POST, path: "/merchants/raileast/orders/${order}/cancel", key: agent, body: {}}
              - say: {text: %s, new: true}
              - choose: recommended
              - approve: {}
            expect: {watches: [{state: done}], trades: [{status: paid, count: 2}]}
            """
                .formatted(HARBIN, WISH.replace("Shanghai", "Tianjin")));

    assertThat(verbs(again))
        .containsExactly(
            Verb.SAY,
            Verb.AUTHORIZE,
            Verb.AUTHORIZE,
            Verb.SUSPEND,
            Verb.ADVANCE,
            Verb.RESUME,
            Verb.ADVANCE,
            Verb.APPROVE,
            Verb.APPROVE,
            Verb.ADVANCE,
            Verb.CALL,
            Verb.CALL,
            Verb.SAY,
            Verb.CHOOSE,
            Verb.APPROVE);
    assertThat(again.expect().path("watches").toString()).contains("done");
    assertFailsIfChanged(again, targetServer, "at most 600 yuan", "at most 300 yuan");
  }

  /** A message that was refused for its form has none of the fields that a step is made of. */
  @Test
  void messagesThatWereRefusedForTheirFormAreLeftOut(TargetServer targetServer) {
    var script =
        ScriptReader.read(
            "malformed.yaml",
            """
            scenario: malformed
            steps:
              - call: {method: POST, path: /psp/sub-accounts, key: principal, body: {agent_id: "did:act:demo-agent", pin: [1]}}
                expect: {status: 400, code: invalid_field}
              - call: {method: POST, path: /psp/sub-accounts, key: principal, body: {agent_id: {a: 1}}}
                expect: {status: 400, code: invalid_field}
              - call: {method: POST, path: /delegations/intents, key: agent, body: {isr: x, timestamp: [1], no_such_field: 1}}
                expect: {status: 400}
              - say: %s
            expect: {orders: {count: 0}}
            """
                .formatted(WISH));

    var again = played(script, targetServer);
    assertThat(verbs(again)).containsExactly(Verb.SAY);
    assertThat(again.source())
        .contains("Left out: 2 x a sub-account", "Left out: 1 x an authority drafted by hand");
    assertPassed(replayed(again, targetServer));
  }

  @Test
  void declinedRevokedAndExpiredAuthoritiesAreRecorded(TargetServer targetServer) {
    var again =
        recordedAndReplayed(
            targetServer,
            "over",
            """
            scenario: over
            world:
              clock: "2026-12-20T09:00:00+08:00"
              principal: {home_city: Beijing}
            steps:
              - say: %1$s
              - say: {text: "%1$s", new: true}
                capture: {later: /authority/intent_id}
              - say: {text: "%1$s", new: true}
              - authorize: {as: third, decision: DECLINE}
              - call: {method: GET, path: /delegations/intents, key: principal}
                capture: {first: /body/items/2/intent_id}
              - authorize: {as: first, intent: "${first}"}
              - authorize: {as: second, intent: "${later}"}
              - call: {method: POST, path: /psp/preferences, key: principal, body: {ask_every_payment: true}}
              - call: {method: POST, path: /psp/preferences, key: principal, body: {ask_every_payment: false, pin: "111111"}}
                expect: {code: pin_wrong}
              - call: {method: POST, path: /psp/preferences, key: principal, body: {ask_every_payment: false, pin: "246810"}}
              - revoke: {as: second, reason: changed my mind}
              - call: {method: POST, path: "/delegations/iacs/${first/delegation_id}/revoke", key: agent, body: {}}
              - delegate: {as: mine, total: "100.00", categories: [train], targets: [{kind: train, from: Hangzhou, to: Shanghai, date: "2026-03-10"}], lasts: PT1H, until: asked}
              - advance: PT2M
              - authorize: {as: mine, pin: "111111"}
                expect: {code: pin_wrong}
              - authorize: {as: mine}
              - expire: {as: mine}
            expect:
              delegations: [{state: Revoked, count: 2}, {state: Expired, count: 1}]
              ledger: {pin_attempts_left: 3}
            """
                .formatted(HARBIN));

    assertThat(again.source()).contains("${intent_1}", "reason: changed my mind");
    assertThat(again.expect().path("delegations").toString()).contains("Expired", "Revoked");
    try (var other =
        new ScenarioPlayer(
            without(again, Verb.REVOKE), targetServer, "re-kept", PlayListener.NONE)) {
      assertThat(other.play().passed()).as("nothing taken back, another end").isFalse();
    }
  }

  @Test
  void aTaskItsSubAccountAndItsBillAreRecorded(TargetServer targetServer) {
    var again =
        recordedAndReplayed(
            targetServer,
            "errand",
            """
            scenario: errand
            world:
              clock: "2026-03-02T09:00:00+08:00"
            steps:
              - say: %s
              - authorize: {}
              - sub_account: {by: demo-agent, pin: "111111"}
                expect: {code: pin_wrong}
              - sub_account: {by: demo-agent}
              - sub_account: {by: demo-agent, do: freeze, looks: false}
              - sub_account: {by: demo-agent, do: unfreeze}
              - sub_account: {by: demo-agent, do: top_up, amount: "20.00", from: card, looks: false}
              - call: {method: GET, path: /agents/demo-agent/tasks, key: principal}
                capture: {task: /body/items/0/task_id}
              - advance: PT1M
              - call: {method: POST, path: "/agents/demo-agent/tasks/${task}/continue", key: principal, body: {}}
              - sub_account: {by: demo-agent, do: cancel}
            expect: {tasks: [{state: done, count: 1}]}
            """
                .formatted(REPORT));

    assertThat(again.expect().at("/tasks/0/bill/total").asString()).isEqualTo("6.00");
    assertThat(again.source()).contains("from: card", "looks: false");
  }

  @Test
  void anOutsideAgentsAuthorityInAWorldWithARunningClockIsRecorded(TargetServer targetServer) {
    var script =
        ScriptReader.read(
            "outside.yaml",
            """
            scenario: outside
            world: {clock: real}
            steps:
              - delegate: {total: "200.00", categories: [train], targets: [{kind: train, from: Hangzhou, to: Shanghai, date: "${day}"}], with: {/isr/ext/commerce/forbidden_merchants: ["did:act:gotrip-rail"]}}
              - buy: {merchant: raileast, need: {kind: train, from: Hangzhou, to: Shanghai, date: "${day}"}, pick: cheapest, until: bill, under: authority}
              - pay: {as: rival, under: authority}
              - pay: {as: rival, same: true, under: authority}
            """
                .replace("${day}", LocalDate.now(ZoneOffset.UTC).plusDays(9).toString()));
    var again = played(script, targetServer);

    assertThat(again.source()).contains("forbidden_merchants", "same: true");
    assertThat(again.expect().at("/delegations/0/payments").asInt()).isOne();
    assertPassed(replayed(again, targetServer));
  }

  @Test
  void servicesThatAnOutsideAgentBoughtFromItsSubAccountAreRecorded(TargetServer targetServer) {
    var again =
        recordedAndReplayed(
            targetServer,
            "services",
            """
            scenario: services
            world: {clock: "2026-03-02T09:00:00+08:00"}
            steps:
              - delegate: {mode: BOUNDED, total: "5.20", categories: [service], methods: [sub_account]}
              - sub_account: {amount: "10.00"}
              - bill: {as: coffee, merchant: tickwell, service: quotes, input: {symbol: coffee, days: 30}, under: authority}
              - pay: {as: coffee, under: authority, from: purse}
              - proof: {as: coffee}
              - fetch: {as: coffee}
                expect: {status: 200, delivery: {exists: true}}
              - bill: {as: copper, merchant: marketlens, service: quotes, input: {symbol: copper, days: 30}, under: authority}
              - pay: {as: copper, under: authority, from: purse}
              - proof: {as: copper}
              - fetch: {as: copper}
              - bill: {as: page, merchant: lingobee, service: translate, input: {text: Good morning, from: en, to: zh}, under: authority}
              - pay: {as: page, under: authority, from: purse}
                expect: {status: 422, code: cumulative_limit_exceeded}
              - revoke: {key: "agent:outside-agent", reason: the task is done}
              - sub_account: {do: cancel}
            expect: {trades: [{status: paid, count: 2}], delegations: [{spent: "3.20"}], ledger: {wallet: "19996.80"}}
            """);

    assertThat(again.source()).contains("service: quotes", "cumulative_limit_exceeded");
    assertFailsIfChanged(again, targetServer, "amount: \"10.00\"", "amount: \"3.00\"");
  }

  @Test
  void eventsOfARunningClockHappenAgainWithAStoppedClock(TargetServer targetServer) {
    var script =
        ScriptReader.read(
            "running.yaml",
            """
            scenario: running
            world: {clock: real}
            steps:
              - say: Get me a second-class ticket to Shanghai tomorrow, at most 200 yuan, keep trying until tomorrow
              - authorize: {}
            """);
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, "told-running", PlayListener.NONE)) {
      assertPassed(scenarioPlayer.play());
      var targetWorld = scenarioPlayer.target().orElseThrow();
      bought(new SandboxClient(targetServer.outbound()), targetWorld);
      var again = recorded(targetServer, targetWorld, "running-again");

      assertThat(again.expect().at("/watches/0/state").asString()).isEqualTo("done");
      assertPassed(replayed(again, targetServer));
    }
  }

  /** Plays, records and plays again; the file must leave nothing out. */
  private static Script recordedAndReplayed(TargetServer targetServer, String name, String text) {
    var script = ScriptReader.read(name + ".yaml", text);
    var again = played(script, targetServer);
    assertThat(again.source()).doesNotContain("Left out", "***");
    assertPassed(replayed(again, targetServer));
    return again;
  }

  private static void assertFailsIfChanged(
      Script script, TargetServer targetServer, String words, String others) {
    var text = script.source();
    assertThat(text).contains(words);
    var name = script.name();
    var changed =
        ScriptReader.read(
            name + ".yaml",
            text.replace(words, others).replace("scenario: " + name, "scenario: " + name + "-not"));
    assertThat(replayed(changed, targetServer).passed()).as(others + ", another end").isFalse();
  }

  private static Script without(Script script, Verb verb) {
    var scenarioSteps =
        script.steps().stream().filter(scenarioStep -> scenarioStep.verb() != verb).toList();
    return script.changed(script.world(), scenarioSteps, "less");
  }

  private static void bought(SandboxClient client, TargetWorld targetWorld) {
    var key = targetWorld.keys().principal();
    var watch = client.get(targetWorld.at("/agents/demo-agent/watches"), key).at("/items/0");
    var talk = "/agents/demo-agent/conversations/" + watch.path("conversation_id").asString();
    try (var events = new EventStream(targetWorld.at(talk + "/events"), key)) {
      while (!await(events, "watch").path("state").asString().equals("done")) {
        // The watch reports every check.
      }
    }
    var payment = client.get(targetWorld.at("/psp/payments"), key).at("/items/0");
    finished(client, targetWorld, payment.path("trade_no").asString());
  }
}
