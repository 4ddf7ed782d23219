package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.DirectedConversation.SALE;
import static org.actsandbox.sandbox.wiring.DirectedConversation.SENTENCE;
import static org.actsandbox.sandbox.wiring.DirectedConversation.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests how a watch ends when it cannot buy (ACT CID-7), and after the process was stopped in the
 * middle.
 */
class WatchEndingTests {

  private static final PriceTolerance CANCELS =
      new PriceTolerance(BigDecimal.ZERO, PriceTolerance.Action.AUTO_CANCEL);

  /** Checks ACT CID-7.b. */
  @Test
  void atABoundaryTheAuthorityIsGivenBackIfThePrincipalWantsThat() {
    var talk = new DirectedConversation(settings("20000.00", CANCELS, false)).says(SENTENCE);
    assertThat(talk.get("/delegations/intents").toString()).contains("AUTO_CANCEL");
    talk.narrows(isr -> commerce(isr).put("max_single_amount", 1)).decides("APPROVE");
    talk.until(SALE.plus(Duration.ofMinutes(30)));
    requireCancelled(talk, "single_limit_exceeded");
  }

  @Test
  void aRiseBetweenLookAndCartEndsItToo() {
    var talk = new DirectedConversation(settings("20000.00", CANCELS, false)).authorizes(SENTENCE);
    talk.fault("price_moved", "*", "POST /carts", 100);
    talk.until(SALE.plus(Duration.ofMinutes(30)));
    requireCancelled(talk, "price_changed");
  }

  private static void requireCancelled(DirectedConversation talk, String code) {
    assertThat(talk.state()).as(talk.said()).isEqualTo("ended");
    assertThat(talk.code()).isEqualTo(code);
    var authority = talk.get("/delegations/iacs/" + talk.delegationId());
    assertThat(authority.path("state").asString()).isEqualTo("Revoked");
    assertThat(authority.path("changed_by").asString()).isEqualTo("did:act:demo-agent");
    assertThat(talk.paid()).isEmpty();
    assertThat(talk.journal(Kind.STATE))
        .anySatisfy(
            entry -> {
              assertThat(entry.event()).isEqualTo("watch-ended");
              assertThat(entry.data().path("code").asString()).isEqualTo(code);
            });
    // The watch has ended and looks for nothing more.
    talk.faultsAreOver();
    talk.passes(Duration.ofDays(1));
    assertThat(talk.paid()).isEmpty();
    talk.ledgerIsEven();
  }

  /** Checks ACT ADD-7: what is bought needs no authority any more, and silence is not an end. */
  @Test
  void theAuthorityIsGivenBackAfterThePurchaseUntilTheServiceAnswers() {
    var talk =
        new DirectedConversation(settings("20000.00", PriceTolerance.NONE, false))
            .authorizes(SENTENCE);
    talk.fault("error_status", "sandbox-delegations", "POST /iacs/*/revoke", 100);
    talk.until(SALE.plus(Duration.ofMinutes(30)));
    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(talk.paid()).hasSize(1);
    assertThat(authority(talk)).isEqualTo("Active");
    assertThat(talk.said()).containsOnlyOnce("could not give your authority back");
    talk.faultsAreOver();
    talk.passes(Duration.ofMinutes(15));
    assertThat(authority(talk)).isEqualTo("Revoked");
    assertThat(talk.said()).contains("authority is given back now");
  }

  private static String authority(DirectedConversation talk) {
    return talk.get("/delegations/iacs/" + talk.delegationId()).path("state").asString();
  }

  /** Checks a stop after the purchase was stored and before it was reported. */
  @Test
  void aPurchaseBeforeAStopIsReportedAfterItAndNotRepeated(@TempDir Path data) {
    var port = SandboxServer.freePort();
    DirectedConversation talk;
    int told;
    try (var server = SandboxServer.start(data, port)) {
      talk = new DirectedConversation(server, settings("20000.00", PriceTolerance.NONE, false));
      talk.authorizes(SENTENCE).until(SALE.plus(Duration.ofHours(1)));
      assertThat(talk.state()).as(talk.said()).isEqualTo("done");
      assertThat(talk.paid()).hasSize(1);
      told = talk.told("watch").size();
      int undone =
          server
              .bean(JdbcClient.class)
              .sql(
                  """
                  update agent_watches set finished = false, due_at = null,
                    document = replace(replace(document, '"state":"done"', '"state":"buying"'),
                      '"payment":1', '"payment":0')
                  where finished
                  """)
              .update();
      assertThat(undone).isEqualTo(1);
    }
    try (var restarted = SandboxServer.start(data, port)) {
      talk.on(restarted).passes(Duration.ofHours(2));
      assertThat(talk.state()).as(talk.said()).isEqualTo("done");
      assertThat(talk.told("watch")).hasSize(told + 1);
      assertThat(talk.paid()).hasSize(1);
      talk.ledgerIsEven();
    }
  }

  private static ObjectNode commerce(ObjectNode isr) {
    return (ObjectNode) isr.path("ext").path("commerce");
  }
}
