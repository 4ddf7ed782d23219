package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a thing which a clause only describes is not bought, and is named as unread. */
class DescribingClauseTests {

  private static final Situation START =
      Situation.start(
          ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]"),
          InterpreterProfile.of("Hangzhou"));

  private static Interpretation.Wishes read(String sentence) {
    var interpretation = new RuleBasedInterpreter().interpret(sentence, START);
    assertThat(interpretation).as(sentence).isInstanceOf(Interpretation.Wishes.class);
    return (Interpretation.Wishes) interpretation;
  }

  @ParameterizedTest
  @CsvSource({
    "A phone charger under 50 yuan that also makes coffee, coffee",
    "A power bank which looks like an umbrella, umbrella",
    "Buy me a backpack that holds a water bottle, water bottle"
  })
  void whatAClauseDescribesIsNamedAndNotBought(String sentence, String unread) {
    var wishes = read(sentence);

    assertThat(wishes.wishes()).as(sentence).hasSize(1);
    assertThat(wishes.remarks())
        .as(sentence)
        .filteredOn(remark -> remark.type() == Remark.Type.UNREAD)
        .extracting(Remark::words)
        .anyMatch(words -> words.contains(unread));
  }

  @ParameterizedTest
  @CsvSource({
    "'A train that leaves before 9 tomorrow to Shanghai, and a phone charger', TRAIN",
    "A hotel in Shanghai that has breakfast for tomorrow night and a phone charger, HOTEL"
  })
  void andEndsTheClause(String sentence, MerchantKind first) {
    assertThat(read(sentence).wishes())
        .as(sentence)
        .extracting(Wish::kindOf)
        .containsExactly(first, MerchantKind.SHOP);
  }
}
