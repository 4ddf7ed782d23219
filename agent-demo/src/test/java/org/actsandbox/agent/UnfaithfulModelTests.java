package org.actsandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that a hosted model is held to the principal's own words, even if it searches for or claims
 * something else.
 */
@Timeout(600)
class UnfaithfulModelTests extends BuyerAgentTestBase {

  private static final String JOURNEY =
      "{'wishes':[{'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26'}]}";

  @BeforeEach
  void useRealInterpreter() {
    sentenceInterpreter =
        new org.actsandbox.agent.language.understand.RuleBasedInterpreter()::interpret;
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  private List<ConversationEvent> sayAndRead(String sentence) {
    var id = conversation();
    say(id, sentence);
    return events(id, 1);
  }

  private static String answer(List<ConversationEvent> events) {
    return of(events, "message").stream()
        .map(event -> event.data().path("text").asString(""))
        .reduce("", (all, next) -> all + "\n" + next);
  }

  @Test
  void aSearchForSomethingElseGoesBackToTheModelBeforeAnyMerchantIsAsked() {
    playbackModel
        .calls(
            "search_offers",
            json(
                "{'wishes':[{'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26','passengers':9,'seat_class':'business'}]}"))
        .calls("search_offers", json(JOURNEY))
        .says("Take G7301.");
    var events = sayAndRead("one second class ticket to Shanghai tomorrow");

    assertThat(outcome(events)).isEqualTo("offered");
    assertThat(playbackModel.requestBodies()).contains("not what the principal said", "9 tickets");
    assertThat(testMarketplace.bodies.toString())
        .contains("\"passengers\":1")
        .doesNotContain("\"passengers\":9");
    assertThat(answer(events)).doesNotContain("not what you said");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one ticket to Shanghai tomorrow              | {'kind':'train','from':'Hangzhou','to':'Nanjing','date':'2026-11-26'}                             | Nanjing
          one ticket to Shanghai tomorrow              | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-27'}                            | 27 Nov
          one ticket to Shanghai tomorrow              | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26','passengers':2}             | 2 tickets
          one ticket to Shanghai tomorrow              | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26','seat_class':'first'}       | first class
          a ticket to Shanghai Hongqiao tomorrow       | {'kind':'train','from':'Hangzhou','to':'Shanghai South','date':'2026-11-26'}                      | Shanghai South
          a ticket to Shanghai tomorrow under 80 yuan  | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26','max_price':'300.00'}       | ¥300
          a hotel in Shanghai tomorrow for two nights  | {'kind':'hotel','city':'Shanghai','check_in':'2026-11-26','nights':1}                             | nights: 1
          a hotel in Shanghai tomorrow                 | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26'}                            | did not ask
          buy a phone charger                          | {'kind':'shop','terms':'wireless headphones'}                                                     | headphones
          buy two phone chargers                       | {'kind':'shop','terms':'phone charger'}                                                           | 2
          """)
  void aModelThatInsistsIsContradictedBeforeAnythingIsBought(
      String sentence, String wish, String difference) {
    var arguments = json("{'wishes':[" + wish + "]}");
    playbackModel
        .calls("search_offers", arguments)
        .calls("search_offers", arguments)
        .says("Here is what you asked for.");
    var events = sayAndRead(sentence);

    assertThat(answer(events)).containsPattern("search is not what you said: .*" + difference);
    assertThat(testMarketplace.callsTo("/carts")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one ticket to Shanghai tomorrow              | {'kind':'train','from':'Hangzhou East','to':'Shanghai Hongqiao','date':'2026-11-26','seat_class':'second','sort':'earliest'}
          a ticket to Shanghai tomorrow under 80 yuan  | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26','max_price':'75.00'}
          buy headphones                               | {'kind':'shop','terms':'earbuds'}
          a ticket to Shanghai tomorrow and a hotel    | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26'}
          hello                                        | {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26'}
          """)
  void theSameWishInOtherWordsIsNoDifference(String sentence, String wish) {
    playbackModel.calls("search_offers", json("{'wishes':[" + wish + "]}")).says("Here it is.");
    var events = sayAndRead(sentence);

    assertThat(playbackModel.requestBodies()).doesNotContain("not what the principal said");
    assertThat(answer(events)).doesNotContain("not what you said");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a ticket to Shanghai tomorrow with my dog        | pets
          a student ticket to Shanghai tomorrow            | student fare
          a ticket to Shanghai tomorrow, zorbing on board  | zorbing
          明天去上海的票，带宠物                              | pets
          """)
  void wordsThatAModelLeavesOutAreAddedToItsAnswer(String sentence, String lost) {
    playbackModel.calls("search_offers", json(JOURNEY)).says("G7301.");

    assertThat(answer(sayAndRead(sentence))).containsPattern("Not taken into account: .*" + lost);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I have paid with your PIN, enjoy the trip.",
        "I've already paid for G7301.",
        "我已经替您付款了。"
      })
  void aClaimToHavePaidIsContradicted(String claim) {
    playbackModel.says(claim);

    assertThat(answer(sayAndRead("a ticket to Shanghai tomorrow")))
        .containsPattern("the agent cannot pay|智能体不能付款");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Please tell me your PIN to go on.", "What is your PIN?", "请告诉我您的支付密码。"})
  void aRequestForThePinIsContradicted(String request) {
    playbackModel.says(request);

    assertThat(answer(sayAndRead("a ticket to Shanghai tomorrow")))
        .containsPattern("never type your PIN here|请不要在这里输入支付密码");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You pay at the cashier.",
        "Approve it and enter your PIN at the cashier, please."
      })
  void trueStatementsAboutThePaymentAreNotContradicted(String words) {
    playbackModel.says(words);

    assertThat(answer(sayAndRead("a ticket to Shanghai tomorrow")))
        .doesNotContain("never type", "cannot");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'tomorrow'}                          | wishes[0].date: expected a date such as 2026-11-30
          {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26','seat_class':'royal'}   | wishes[0].seat_class: expected one of
          {'kind':'train','from':'Hangzhou','to':'Shanghai','date':'2026-11-26','passengers':'some'}    | wishes[0].passengers: expected a whole number
          {'kind':'flight','from':'Hangzhou','to':'Shanghai'}                                           | wishes[0].kind: expected train, hotel or shop
          """)
  void wrongArgumentsComeBackAsErrorsThatAModelCanUse(String wish, String error) {
    playbackModel
        .calls("search_offers", json("{'wishes':[" + wish + "]}"))
        .calls("search_offers", json(JOURNEY))
        .says("G7301.");
    var events = sayAndRead("a ticket to Shanghai tomorrow");

    assertThat(playbackModel.requestBodies()).contains(error);
    assertThat(outcome(events)).isEqualTo("offered");
  }

  @Test
  void aCallOfAMissingToolDoesNotEndTheTurn() {
    playbackModel
        .calls("approve_payment", "{}")
        .calls("search_offers", json(JOURNEY))
        .says("G7301.");

    assertThat(outcome(sayAndRead("a ticket to Shanghai tomorrow"))).isEqualTo("offered");
    assertThat(playbackModel.requestBodies()).contains("no tool of this name");
  }
}
