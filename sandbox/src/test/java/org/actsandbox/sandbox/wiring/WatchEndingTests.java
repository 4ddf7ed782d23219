package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.DirectedTalk.SALE;
import static org.actsandbox.sandbox.wiring.DirectedTalk.SENTENCE;
import static org.actsandbox.sandbox.wiring.DirectedTalk.settings;
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

/** How a watch ends where it cannot buy (ACT CID-7), and where a stop of the process cut it off. */
class WatchEndingTests {

  private static final PriceTolerance CANCELS =
      new PriceTolerance(BigDecimal.ZERO, PriceTolerance.Action.AUTO_CANCEL);

  /** Checks ACT CID-7.b. */
  @Test
  void atABoundaryTheAuthorityIsGivenBackWhereThePrincipalWantsItCancelled() {
    var talk = new DirectedTalk(settings("20000.00", CANCELS, false)).says(SENTENCE);
    assertThat(talk.get("/delegations/intents").toString()).contains("AUTO_CANCEL");
    talk.narrows(isr -> commerce(isr).put("max_single_amount", 1)).decides("APPROVE");
    talk.until(SALE.plus(Duration.ofMinutes(30)));
    requireCancelled(talk, "single_limit_exceeded");
  }

  @Test
  void aRiseBetweenLookAndCartEndsItToo() {
    var talk = new DirectedTalk(settings("20000.00", CANCELS, false)).authorizes(SENTENCE);
    talk.fault("price_moved", "*", "POST /carts", 100);
    talk.until(SALE.plus(Duration.ofMinutes(30)));
    requireCancelled(talk, "price_changed");
  }

  private static void requireCancelled(DirectedTalk talk, String code) {
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
    // Over means over: nothing is looked for any more.
    talk.faultsAreOver();
    talk.passes(Duration.ofDays(1));
    assertThat(talk.paid()).isEmpty();
    talk.ledgerIsEven();
  }

  /** The purchase was stored, its telling was not: the stop came between the two. */
  @Test
  void whatWasBoughtBeforeAStopIsToldAfterItAndNotBoughtAgain(@TempDir Path data) {
    var port = SandboxServer.freePort();
    DirectedTalk talk;
    int told;
    try (var server = SandboxServer.start(data, port)) {
      talk = new DirectedTalk(server, settings("20000.00", PriceTolerance.NONE, false));
      talk.authorizes(SENTENCE).until(SALE.plus(Duration.ofHours(1)));
      assertThat(talk.state()).as(talk.said()).isEqualTo("done");
      assertThat(talk.paid()).hasSize(1);
      told = talk.told("watch").size();
      int undone =
          server
              .bean(JdbcClient.class)
              .sql(
                  """
                  update agent_watches set state = 'BUYING', due_at = null,
                    document = replace(replace(document, '"state":"done"', '"state":"buying"'),
                      '"payment":1', '"payment":0')
                  where state = 'DONE'
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
