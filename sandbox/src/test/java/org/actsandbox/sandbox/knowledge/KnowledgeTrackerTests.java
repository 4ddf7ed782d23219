package org.actsandbox.sandbox.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that planted leaks are found in every encoding, and that harmless messages are not called
 * leaks.
 */
class KnowledgeTrackerTests extends KnowledgeTestBase {

  @Test
  void aDisputeMaySeeDocumentsButNoPersonalData() {
    offers(RAIL, "O-rail-1", "73.00");
    var papers = exchange("/merchants/raileast/disputes/evidence", Json.object(), note("O-rail-1"));
    happens("TSD-ATT-DSP", TRUST, RAIL, papers);
    nothingLeaks();
    var more = exchange("/merchants/raileast/disputes/evidence", Json.object(), note(ADDRESS));
    happens("TSD-ATT-DSP", TRUST, RAIL, more);
    isLeaked(TRUST, Datum.ADDRESS);
  }

  @Test
  void aMerchantMayKnowItsOwnOffersOnly() {
    offers(RAIL, "O-rail-1", "73.00");
    offers(OTHER_RAIL, "O-gotrip-1", "83.00");
    tells(AGENT, RAIL, "/merchants/raileast/carts", Json.object().put("offer_id", "O-rail-1"));
    nothingLeaks();
    tells(AGENT, RAIL, "/merchants/raileast/carts", note("they want 83.00"));
    isLeaked(RAIL, Datum.OFFERS);
    tells(AGENT, OTHER_RAIL, "/x", note(base64("{\"seen\":\"O-rail-1\"}")));
    isLeaked(OTHER_RAIL, Datum.OFFERS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Find me a window seat on tomorrow's early train | window seat on tomorrow's EARLY train
          帮我订明天早上去上海的靠窗座位，不超过三百块 | 客户说：明天早上去上海的靠窗
          """)
  void aPartOfTheSentenceIsEnough(String sentence, String quoted) {
    says(sentence);
    tells(AGENT, PSP, "/psp/payments", Json.object().put("description", quoted));
    isLeaked(PSP, Datum.WISHES);
  }

  @Test
  void commonWordsAreNoPartOfASentence() {
    says(SENTENCE);
    tells(AGENT, PSP, "/psp/payments", Json.object().put("description", "train to Shanghai"));
    nothingLeaks();
  }

  @Test
  void aMerchantThatIsAskedForARouteMayNameItInTheWordsOfThePrincipal() {
    says("A train from Hangzhou to Beijing tomorrow evening");
    var asked = Json.object();
    asked
        .putObject("context")
        .putArray("explicit_needs")
        .addObject()
        .put("kind", "train")
        .put("from", "Hangzhou")
        .put("to", "Beijing");
    tells(AGENT, RAIL, exchange("/merchants/raileast/intents", asked, Json.object()));
    tells(RAIL, AGENT, "/x", note("No train from Hangzhou to Beijing keeps these times"));
    nothingLeaks();
    tells(RAIL, AGENT, "/x", note("they want it from Hangzhou to Beijing tomorrow evening"));
    isLeaked(RAIL, Datum.WISHES);
  }

  @Test
  void theLimitsOfACredentialAreForTheServiceThatPaysAndNotForMerchants() {
    says("Buy coffee every Monday, at most 600 yuan");
    tells(AGENT, DELEGATIONS, "/delegations/intents", Json.object().put("max_total_amount", 600));
    var iac =
        base64("{}xxxxxxxxxxxxxxxxxxxx") + "." + base64("{\"max_total_amount\":600,\"pad\":1}");
    tells(AGENT, PSP, "/psp/delegated-payments", Json.object().put("iac", iac + ".AAAAAAAA"));
    nothingLeaks();
    tells(AGENT, SHOP, "/merchants/luma-mart/intents", note(base64("{\"max\":\"600.00\"}")));
    isLeaked(SHOP, Datum.LIMITS);
  }

  /** Checks ACT CRD-10.a: the statement is for its subject and the credit service alone. */
  @Test
  void whatTheCreditServiceStatesIsForItsSubjectAlone() {
    var statement = Json.object();
    statement.putObject("creditPayload").put("reportNo", "CRREP-7Q2K9XWD3M");
    tells(
        "did:act:principal",
        "did:act:sandbox-credit",
        exchange("/credit/statements", Json.object(), statement));
    nothingLeaks();
    tells(
        "did:act:sandbox-credit",
        "did:act:sandbox-credit-verifier",
        "/x",
        note("the report CRREP-7Q2K9XWD3M"));
    isLeaked("did:act:sandbox-credit-verifier", Datum.CREDIT);
    tells(SHOP, AGENT, "/x", note(base64("{\"report\":\"CRREP-7Q2K9XWD3M\"}")));
    isLeaked(AGENT, Datum.CREDIT);
  }

  /** Checks a waiting time in seconds, because its number is the limit of many delegations. */
  @Test
  void howLongTheAgentWaitsIsNoLimitUnlessItSaysMore() {
    says("Buy coffee every Monday, at most 5 yuan");
    tells(AGENT, DELEGATIONS, "/delegations/intents", Json.object().put("max_total_amount", 5));
    tells(AGENT, SHOP, preferring("wait=5"));
    nothingLeaks();
    tells(AGENT, SHOP, preferring("wait=5, max=5.00"));
    isLeaked(SHOP, Datum.LIMITS);
  }

  private ObjectNode preferring(String how) {
    var asked = exchange("/merchants/luma-mart/intents", Json.object(), Json.object());
    ((ObjectNode) asked.path("request_headers")).put("prefer", how);
    return asked;
  }

  @Test
  void theAgentMustNotSeeTheAccountBehindAnInstrument() {
    var shown = Json.object();
    shown
        .putArray("items")
        .addObject()
        .put("instrument_ref", "pi_abcdef123")
        .put("account", "balance");
    tells(AGENT, PSP, exchange("/psp/instruments", Json.object(), shown));
    isLeaked(AGENT, Datum.ACCOUNT);
    assertThat(result().cell(AGENT, Datum.INSTRUMENT).state()).isEqualTo(State.TOLD);
  }

  @Test
  void aCardNumberAndADocumentAndATelephoneAreKnownByTheirShape() {
    tells(PSP, AGENT, "/x", note("paid from 6200 0000 0000 4010"));
    isLeaked(AGENT, Datum.ACCOUNT);
    tells(AGENT, TRUST, "/trust/x", note("11010519491231002X, 13800138000"));
    isLeaked(TRUST, Datum.DOCUMENT);
    isLeaked(TRUST, Datum.CONTACT);
    assertThat(learned(TRUST, Datum.DOCUMENT).value()).isEqualTo("***");
  }

  @Test
  void thePinIsFoundWhereItIsMaskedAndWhereItIsNot() {
    tells(YOU, PSP, "/psp/payments/T-1/approval", Json.object().put("pin", "***"));
    nothingLeaks();
    tells(PSP, AGENT, "/x", Json.object().put("payment_pin", "***"));
    isLeaked(AGENT, Datum.PIN);
    tells(PSP, RAIL, "/y", note("code 246810"));
    isLeaked(RAIL, Datum.PIN);
  }

  @Test
  void guessingAPinOrAnAccountIsNotKnowingIt() {
    var guess = Json.object().put("pin", "***").put("account", "balance");
    tells(AGENT, PSP, "/psp/bindings", guess);
    nothingLeaks();
    assertThat(result().cell(AGENT, Datum.PIN).state()).isEqualTo(State.KEPT);
  }

  @Test
  void tellingByThePrincipalIsNoLeak() {
    tells(YOU, PSP, "/psp/x", note(ADDRESS));
    nothingLeaks();
    assertThat(result().cell(PSP, Datum.ADDRESS).state()).isEqualTo(State.TOLD);
  }

  /**
   * Checks that telling is a leak even if the other seller already knows it from an order of its
   * own.
   */
  @Test
  void aSellerMayNotTellAnotherWhatItAlreadyKnows() {
    tells(AGENT, SHOP, "/merchants/luma-mart/orders", note(ADDRESS));
    tells(AGENT, OTHER_SHOP, "/merchants/bazaar88/orders", note(ADDRESS));
    nothingLeaks();
    tells(SHOP, OTHER_SHOP, "/merchants/bazaar88/catalog?query=Wensan%20Road%2090", Json.object());
    isPassedOn(SHOP, OTHER_SHOP, Datum.ADDRESS, "CID-2");
    tells(SHOP, OTHER_SHOP, "/merchants/bazaar88/catalog", note(base64(ADDRESS)));
    assertThat(result().leaks()).as("the same again says nothing new").hasSize(1);
    assertThat(result().cell(OTHER_SHOP, Datum.ADDRESS).state()).isEqualTo(State.TOLD);
    tells(OTHER_SHOP, SHOP, "/merchants/luma-mart/catalog", note(ADDRESS));
    assertThat(result().leaks()).as("the way back is another one").hasSize(2);
  }

  @Test
  void aSellerMayNotTellAnotherNewData() {
    tells(AGENT, SHOP, "/merchants/luma-mart/orders", note(ADDRESS));
    tells(SHOP, RAIL, "/merchants/raileast/catalog", note(ADDRESS));
    isPassedOn(SHOP, RAIL, Datum.ADDRESS, "CID-2");
  }

  /**
   * Checks that a value that the principal told the payment service must still not be told by the
   * agent.
   */
  @Test
  void theAgentMayNotTellWhatThePrincipalToldItself() {
    tells(YOU, PSP, "/psp/x", note(ADDRESS));
    nothingLeaks();
    tells(AGENT, PSP, "/psp/payments", note(ADDRESS));
    isPassedOn(AGENT, PSP, Datum.ADDRESS, "PSD-3");
    tells(YOU, PSP, "/psp/x", note(ADDRESS));
    assertThat(result().leaks()).hasSize(1);
  }

  @Test
  void aRepeatedLeakIsReportedOncePerSender() {
    tells(AGENT, PSP, "/psp/payments", note(ADDRESS));
    isLeaked(PSP, Datum.ADDRESS);
    tells(AGENT, PSP, "/psp/payments", note(ADDRESS));
    assertThat(result().leaks()).hasSize(1);
    tells(SHOP, PSP, "/psp/fulfilments", note(ADDRESS));
    isPassedOn(SHOP, PSP, Datum.ADDRESS, "PSD-3");
  }

  @Test
  void evidenceInADisputeGivesNoLeaveToTellItElsewhere() {
    offers(RAIL, "O-rail-1", "73.00");
    happens(
        "TSD-ATT-DSP",
        TRUST,
        RAIL,
        exchange("/merchants/raileast/disputes/evidence", Json.object(), note("O-rail-1")));
    nothingLeaks();
    tells(RAIL, TRUST, "/trust/anchors", note("O-rail-1"));
    isPassedOn(RAIL, TRUST, Datum.OFFERS, "TSD-4");
  }

  /** Checks that the report lists forbidden data that were not leaked, such as the account. */
  @Test
  void forbiddenDataAreListedEvenWithoutALeak() {
    assertThat(result().data()).as("nobody there, nothing promised").isEmpty();
    tells(AGENT, RAIL, "/merchants/raileast/intents", note("a window seat"));
    tells(AGENT, PSP, "/psp/payments", note("T-1"));
    assertThat(result().data())
        .contains(Datum.ACCOUNT, Datum.PIN, Datum.BALANCE, Datum.ADDRESS)
        .doesNotContain(Datum.NAME, Datum.WISHES);
    assertThat(result().cell(AGENT, Datum.ACCOUNT).state()).isEqualTo(State.KEPT);
    assertThat(result().cell(RAIL, Datum.ACCOUNT).state()).isEqualTo(State.KEPT);
    var psp = result().cell(PSP, Datum.ACCOUNT);
    assertThat(psp.state()).isEqualTo(State.OWN);
    assertThat(psp.values()).isEqualTo(1);
    assertThat(psp.learned()).isNull();
  }

  @Test
  void aShopDoesNotLearnTheJourney() {
    var intent = Json.object();
    intent
        .putObject("context")
        .putArray("explicit_needs")
        .addObject()
        .put("kind", "train")
        .put("from", "Hangzhou")
        .put("to", "Shanghai");
    tells(AGENT, RAIL, "/merchants/raileast/intents", intent);
    nothingLeaks();
    assertThat(result().cell(RAIL, Datum.ITINERARY).state()).isEqualTo(State.TOLD);
    tells(AGENT, SHOP, "/merchants/luma-mart/intents", note("only to Shanghai"));
    nothingLeaks();
    var both = note("going to Shanghai");
    both.put("home", "Hangzhou");
    tells(AGENT, SHOP, "/merchants/luma-mart/intents", both);
    isLeaked(SHOP, Datum.ITINERARY);
  }

  @Test
  void aSignerWithoutAKeyIsNamedByItsSignature() {
    tells("anonymous", TRUST, "/x", note(ADDRESS).put("signer_id", "did:act:outside-agent#key-1"));
    assertThat(result().cell("did:act:outside-agent", Datum.ADDRESS).state()).isEqualTo(State.OWN);
  }

  @Test
  void partlyKeptMessagesAreCounted() {
    var data = exchange("/x", Json.object(), Json.object());
    data.putObject("response_body").put("length", 90_000).put("text", "begins");
    tells(AGENT, RAIL, data);
    assertThat(result().partlySeen()).isEqualTo(1);
  }

  /**
   * The time-out catches an entry that stalls the tracker, and work that grows with the journal.
   */
  @Test
  @Timeout(300)
  void tenThousandEntriesAreReadAndAHostileOneDoesNotStallIt() {
    says(SENTENCE);
    var iac = base64("{\"alg\":\"EdDSA\"}") + "." + base64("{\"sub\":\"x\"}".repeat(60)) + ".AAAA";
    for (int i = 0; i < 2_500; i++) {
      offers(RAIL, "O-rail-" + i, (50 + i % 90) + ".00");
      tells(AGENT, RAIL, "/merchants/raileast/carts", note("seat 05-11F of O-rail-" + i));
      tells(AGENT, PSP, "/psp/delegated-payments", note("train").put("iac", iac));
      tells(PSP, RAIL, "/merchants/raileast/notifications", note("T-" + i));
    }
    var deep = new StringBuilder(ADDRESS);
    for (int i = 0; i < 12; i++) {
      deep.replace(0, deep.length(), base64(deep.toString()));
    }
    tells(AGENT, PSP, "/psp/payments", note(deep.toString().repeat(3)));
    tells(AGENT, PSP, "/psp/payments", note("%25".repeat(20_000)));
    nothingLeaks();
    assertThat(result().entries()).isEqualTo(10_003);
  }
}
