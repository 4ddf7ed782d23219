package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.DirectedConversation.SENTENCE;
import static org.actsandbox.sandbox.wiring.DirectedConversation.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.agent.PriceTolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the agent in worlds in which not every merchant takes part: it asks those that do, and says
 * what no merchant offers.
 */
class FewMerchantsAgentTests {

  private static DirectedConversation among(String... merchants) {
    return new DirectedConversation(
        settings("20000.00", PriceTolerance.NONE, false).withMerchants(List.of(merchants)));
  }

  @Test
  void absentMerchantsAreNeverAsked() {
    var talk = among("raileast", "luma-mart").says("Find me a train to Shanghai tomorrow");
    var search = talk.told("offers").getFirst().path("searches").path(0);
    assertThat(search.path("platforms_asked")).hasToString("[\"raileast\"]");
    assertThat(search.path("left_out")).isEmpty();
    assertThat(outcome(talk)).isEqualTo("offered");
    assertThat(talk.journal()).contains("/merchants/raileast/").doesNotContain("gotrip-rail");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          luma-mart | Find me a train to Shanghai tomorrow                 | No merchant here sells train tickets.
          raileast  | A hotel in Shanghai from December 24, two nights     | No merchant here has hotel rooms.
          raileast  | Buy me a phone charger                               | No merchant here sells goods.
          stayhub   | 帮我买一张明天去上海的火车票                                  | 这里没有商户卖火车票。
          """)
  void theAgentSaysWhatNoMerchantSellsAndAsksNone(String merchant, String sentence, String words) {
    var talk = among(merchant).says(sentence);
    assertThat(talk.said()).contains(words).doesNotContain("another day", "换个日期");
    assertThat(outcome(talk)).isEqualTo("nothing_suitable");
    assertThat(talk.told("nothing_suitable")).hasSize(1);
    assertThat(talk.told("offers")).isEmpty();
    assertThat(talk.journal()).doesNotContain("/merchants/");
  }

  /** Checks that a trip of which only a part is available is shown, but not recommended. */
  @Test
  void halfATripIsNoTrip() {
    var talk =
        among("raileast", "luma-mart")
            .says("A train to Shanghai tomorrow and a hotel there for two nights");
    assertThat(outcome(talk)).isEqualTo("nothing_suitable");
    assertThat(talk.told("offers").getFirst().path("recommended")).isEmpty();
    assertThat(talk.said()).contains("No merchant here has hotel rooms.");
  }

  /** Checks that no authority is requested, because waiting would be useless. */
  @Test
  void goodsThatNoMerchantSellsAreNotWatched() {
    var talk = among("luma-mart").says(SENTENCE);
    assertThat(outcome(talk)).isEqualTo("nothing_suitable");
    assertThat(talk.told("delegation_request")).isEmpty();
    assertThat(talk.state()).isEqualTo("none");
  }

  @Test
  void aReportNeedsASellerOfData() {
    var talk = among("raileast", "lingobee").says(TaskConversation.SENTENCE);
    assertThat(outcome(talk)).isEqualTo("nothing_suitable");
    assertThat(talk.told("delegation_request")).isEmpty();
    assertThat(talk.said()).contains("no seller here offers market data");
    assertThat(talk.get("/agents/demo-agent/tasks").path("items")).isEmpty();
  }

  /**
   * Checks that a report leaves out what no seller agent offers; seller agents are merchants, too.
   */
  @Test
  void servicesThatNoSellerAgentOffersAreLeftOut() {
    var task = new TaskConversation(among("tickwell", "pagepress"));
    task.authorizes(TaskConversation.SENTENCE).funds("30.00");
    assertThat(task.state()).isEqualTo("partial");
    assertThat(task.sellers()).containsExactly("tickwell", "tickwell", "pagepress");
    assertThat(task.stateOf("translate")).isEqualTo("skipped");
  }

  private static String outcome(DirectedConversation talk) {
    return talk.told("turn_done").getLast().path("outcome").asString();
  }
}
