package org.actsandbox.scenarios.engine.expect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests which words count as received by a participant; random letters in ids and signatures do
 * not.
 */
class JournalExpectationsTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pi_     | pi_7Q2M                       | true
          pi_     | ref=pi_7Q2M                   | true
          pi_     | ZIdC_vwBsajm45pi_tDodDylCl_t  | false
          317     | at most 317 yuan              | true
          317     | at most 317.50 yuan           | false
          317     | 4.317                         | false
          317     | x317x                         | false
          20000.00| has 20000.00                  | true
          bazaar88| did:act:bazaar88              | true
          bazaar88| /merchants/bazaar88/intents   | true
          上海     | 去上海的票                      | true
          """)
  void wordsCountOnlyAtTheStartOfAWord(String word, String told, boolean isKnown) {
    var entry = Json.object().put("kind", "EXCHANGE").put("peer", "did:act:raileast");
    entry.putObject("data").putObject("request_body").putObject("json").put("text", told);

    assertThat(
            JournalExpectations.checkKnowledge(List.<JsonNode>of(entry), wanted("not", word))
                .isEmpty())
        .isEqualTo(!isKnown);
    assertThat(
            JournalExpectations.checkKnowledge(List.<JsonNode>of(entry), wanted("has", word))
                .isEmpty())
        .isEqualTo(isKnown);
  }

  private static JsonNode wanted(String how, String word) {
    var wanted = Json.object();
    wanted.putObject("raileast").putArray(how).add(word);
    return wanted;
  }
}
