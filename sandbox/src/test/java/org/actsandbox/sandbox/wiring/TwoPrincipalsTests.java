package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.actsandbox.sandbox.wiring.DirectedConversation.SALE;
import static org.actsandbox.sandbox.wiring.DirectedConversation.SENTENCE;
import static org.actsandbox.sandbox.wiring.TwoPrincipalsWorld.LIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests two principals with one agent that acts for both (ACT reference scenario 2). */
class TwoPrincipalsTests {

  /** Lin lives in another city, and names it. */
  private static final String LINS =
      "Get me a second-class ticket from Beijing to Harbin on January 20, at most 600 yuan, keep"
          + " trying until Friday";

  private final TwoPrincipalsWorld two = new TwoPrincipalsWorld();

  @Test
  void bothWatchAndBuyEachWithTheirOwnAuthorityAndMoney() {
    var first = two.talk(World.PRINCIPAL).authorizes(SENTENCE);
    var lins = two.talk(LIN).authorizes(LINS);
    assertThat(lins.delegationId()).isNotEqualTo(first.delegationId());

    first.until(SALE.plus(Duration.ofHours(2)));

    assertThat(first.state()).as(first.said()).isEqualTo("done");
    assertThat(lins.state()).as(lins.said()).isEqualTo("done");
    assertThat(first.paid()).hasSize(1);
    assertThat(lins.paid()).hasSize(1);
    assertThat(two.balance(World.PRINCIPAL)).isEqualTo(left("20000.00", first));
    assertThat(two.balance(LIN)).isEqualTo(left("900.00", lins));
    assertThat(first.sums().path("payments").asInt()).isEqualTo(1);
    assertThat(lins.sums().path("payments").asInt()).isEqualTo(1);
    first.ledgerIsEven();
  }

  private static String left(String had, DirectedConversation talk) {
    return new BigDecimal(had)
        .subtract(new BigDecimal(talk.paid().getFirst().path("amount").asString()))
        .toPlainString();
  }

  @Test
  void eachPrincipalSignsWithItsOwnKey() {
    var lins = two.talk(LIN).authorizes(LINS);
    var compact = two.credential(lins.delegationId());
    var iac = IacCodec.verify(compact, KeySet.of(two.world.keys().publicKeys(LIN)));
    assertThat(iac.issuer()).isEqualTo(LIN);
    assertThat(iac.payload().delegatorIdentity()).isEqualTo(LIN.value());
    assertThat(two.world.keys().publicKeys(LIN).getFirst().jwk())
        .isNotEqualTo(two.world.keys().publicKeys(World.PRINCIPAL).getFirst().jwk());
    assertThat(two.key(LIN)).startsWith("act_principal_" + two.world.name() + ".lin_");
    assertThat(two.key(World.PRINCIPAL)).startsWith("act_principal_" + two.world.name() + "_");
  }

  @Test
  void theAgentUsesTheProfileOfTheSpeaker() {
    var lins = two.talk(LIN).says("Find a second-class ticket to Nanjing on January 5");
    var first =
        two.talk(World.PRINCIPAL).says("Find a second-class ticket to Nanjing on January 5");
    assertThat(lins.told("offers").toString()).as(lins.said()).contains("Shanghai");
    assertThat(first.told("offers").toString()).as(first.said()).contains("Beijing");
  }

  @Test
  void anInstantPurchaseIsPaidByThePrincipalThatAsked() {
    var lins = two.talk(LIN).says("Find the cheapest second-class ticket to Nanjing on January 5");
    lins.takesRecommended();
    var waiting = lins.get("/psp/payments").path("items").path(0);
    assertThat(waiting.path("status").asString()).as(lins.said()).isEqualTo("waiting_for_approval");
    assertThat(two.read("/psp/payments", two.key(World.PRINCIPAL)).path("items").size()).isZero();
    lins.approves(waiting.path("trade_no").asString());
    assertThat(two.balance(LIN)).isEqualTo(left("900.00", lins));
    assertThat(two.balance(World.PRINCIPAL)).isEqualTo("20000.00");
  }

  @Test
  void theJournalCanBeFilteredByPrincipal() {
    var lins = two.talk(LIN).says("Find the cheapest second-class ticket to Nanjing on January 5");
    lins.takesRecommended();
    var lin = lins.get("/psp/payments").path("items").path(0);
    lins.approves(lin.path("trade_no").asString());
    var trade = two.paid(World.PRINCIPAL, "R-first");
    assertThat(two.get("/psp/payments/" + trade, two.key(LIN)).status()).isEqualTo(404);

    var ofLin = entriesOf(LIN);
    var ofFirst = entriesOf(World.PRINCIPAL);

    assertThat(ofLin)
        .extracting(entry -> entry.path("event").asString())
        .contains("cart-confirmation", "payment-state-changed", "record-anchored");
    assertThat(ofLin)
        .filteredOn(entry -> entry.at("/ids/trade_no").asString("").equals(trade))
        .as("what lin tried with another's payment is lin's, the payment is not")
        .isNotEmpty()
        .allMatch(entry -> entry.toString().contains("did:act:lin"));
    assertThat(ofFirst)
        .extracting(entry -> entry.at("/ids/trade_no").asString(""))
        .contains(trade)
        .doesNotContain(lin.path("trade_no").asString());
    assertThat(ofFirst.toString()).contains("R-first").doesNotContain("Nanjing on January 5");
  }

  private List<JsonNode> entriesOf(Did principal) {
    var path =
        "/api/worlds/" + two.world.name() + "/journal/export?format=json&principal=" + principal;
    var answer = two.server.get(path, bearer(two.server.operator(two.world)));
    return answer.json().path("items").valueStream().toList();
  }

  @Test
  void aTaskIsPaidFromItsOwnersSubAccountAlone() {
    var first = new TaskConversation(two.talk(World.PRINCIPAL));
    first.authorizes(TaskConversation.SENTENCE).funds("20.00");
    var lins = new TaskConversation(two.talk(LIN)).authorizes(TaskConversation.SENTENCE);
    lins.passes(Duration.ofMinutes(30));
    assertThat(first.state()).as(first.talk.said()).isEqualTo("done");
    assertThat(lins.state()).as(lins.talk.said()).isNotEqualTo("done");
    assertThat(lins.talk.paid()).isEmpty();
    assertThat(two.balance(LIN)).isEqualTo("900.00");
    first.talk.ledgerIsEven();
  }

  @Test
  void oneRevokesAndTheOthersWatchGoesOn() {
    var first = two.talk(World.PRINCIPAL).authorizes(SENTENCE);
    var lins = two.talk(LIN).authorizes(LINS);
    lins.moves("revoke");
    assertThat(lins.state()).isEqualTo("ended");
    assertThat(first.state()).isEqualTo("watching");
    first.until(SALE.plus(Duration.ofHours(2)));
    assertThat(first.state()).isEqualTo("done");
    assertThat(two.balance(LIN)).isEqualTo("900.00");
  }
}
