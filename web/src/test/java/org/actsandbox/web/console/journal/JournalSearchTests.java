package org.actsandbox.web.console.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that one word finds its filter. */
class JournalSearchTests {

  @ParameterizedTest
  @CsvSource({
    "R-000009NB46NQTRP, order_no, R-000009NB46NQTRP",
    "S-00000414P62Q7RM, order_no, S-00000414P62Q7RM",
    "T-00000CQFFDD8Z1Z, trade_no, T-00000CQFFDD8Z1Z",
    "I-1, intent_id, I-1",
    "D-1, delegation_id, D-1",
    "C-000100Z9J255W50, conversation_id, C-000100Z9J255W50",
    "Q-1, request_id, Q-1",
    "did:act:raileast, participant, did:act:raileast",
    "raileast, participant, did:act:raileast",
    "CID-CART-CFM, component, CID-CART-CFM",
    "something else, order_no, something else"
  })
  void oneWordFindsItsFilter(String text, String filter, String value) {
    assertThat(JournalSearch.filter(text, Map.of("RailEast", "did:act:raileast")))
        .isEqualTo(Map.entry(filter, value));
  }
}
