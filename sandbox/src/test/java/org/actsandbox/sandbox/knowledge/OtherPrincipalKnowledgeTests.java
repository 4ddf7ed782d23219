package org.actsandbox.sandbox.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the knowledge of two principals with the same agent and the same payment service. */
class OtherPrincipalKnowledgeTests extends KnowledgeTestBase {

  private static final String LIN = "did:act:lin";
  private static final String LINS = "A birthday cake for my sister Mei, she must not hear of it";

  OtherPrincipalKnowledgeTests() {
    super(new KnowledgeTracker(new ParticipantKinds(Set.of(YOU, LIN), Map.of())));
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.ADDRESS, KnownValue.Match.PHRASE, "Nanjing East Road 1"), LIN);
    knowledgeTracker.addKnown(KnownValue.of(Datum.BALANCE, KnownValue.Match.NUMBER, "900.00"), PSP);
    knowledgeTracker.addKnown(KnownValue.of(Datum.BALANCE, KnownValue.Match.NUMBER, "900.00"), LIN);
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.ACCOUNT, KnownValue.Match.FIELD, "account=balance:lin"), PSP);
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.ACCOUNT, KnownValue.Match.FIELD, "account=balance:lin"), LIN);
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.INSTRUMENT, KnownValue.Match.TOKEN, "inst-lins"), PSP);
    knowledgeTracker.addOwned(
        KnownValue.of(Datum.INSTRUMENT, KnownValue.Match.TOKEN, "inst-lins"), LIN);
    says(LIN, LINS);
    says(YOU, SENTENCE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AGENT | note       | birthday cake for my sister Mei | WISHES     | CID-2
          AGENT | note       | to Nanjing East Road 1          | ADDRESS    | CID-2
          PSP   | amount     | 900.00                          | BALANCE    | PSD-1
          PSP   | account    | balance:lin                     | ACCOUNT    | PSD-1
          PSP   | instrument | inst-lins                       | INSTRUMENT | PSD-1
          """)
  void anotherPrincipalsDataAreALeakAndOnesOwnAreNot(
      String service, String field, String value, Datum datum, String rule) {
    var from = service.equals("PSP") ? PSP : AGENT;
    answers(from, LIN, field, value);
    nothingLeaks();
    assertThat(result().cell(LIN, datum).state()).isNotEqualTo(State.LEAKED);

    answers(from, YOU, field, value);
    isLeaked(YOU, datum);
    assertThat(result().leaks())
        .singleElement()
        .satisfies(leak -> assertThat(leak.rule()).isEqualTo(rule));
    assertThat(result().cell(YOU, datum).rule()).isEqualTo(rule);
  }

  @Test
  void whatBothPrincipalsSaidBelongsToEach() {
    says(LIN, "Also " + SENTENCE);
    answers(AGENT, YOU, "note", "window seat on tomorrow's early train");
    answers(AGENT, LIN, "note", "window seat on tomorrow's early train");
    nothingLeaks();
  }

  @Test
  void aPrincipalMayTellItsOwnData() {
    tells(LIN, YOU, "/x", note(LINS));
    nothingLeaks();
  }

  private void answers(String from, String to, String field, String value) {
    tells(to, from, exchange("/x", Json.object(), Json.object().put(field, value)));
  }
}
