package org.actsandbox.sandbox.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that no text with a value is told apart as one without, and that most others are. */
class ValueSignsTests {

  private final ValueSigns valueSigns = new ValueSigns();

  @ParameterizedTest
  @ValueSource(strings = {"r-000064n3jtsfm9q", "246810", "x", "ab", "eyj.abc_d-e.f:g"})
  void findsATokenInAnyCaseAnywhere(String token) {
    valueSigns.addToken(token);
    for (var text :
        List.of(token, token.toUpperCase(Locale.ROOT), "(" + token + ")", "«" + token)) {
      assertThat(tokens(text)).as(text).contains(token);
    }
  }

  private List<String> tokens(String text) {
    var found = new ArrayList<String>();
    TextNormalizer.eachToken(
        text,
        (from, to) -> {
          if (valueSigns.mayBeToken(text, from, to)) {
            found.add(text.substring(from, to).toLowerCase(Locale.ROOT));
          }
        });
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"上海", "li", "abc", "rome", "wensan road 90", "上海虹桥站"})
  void findsAPhraseAtTheBeginningInTheMiddleAndAtTheEnd(String phrase) {
    valueSigns.addPhrase(phrase);
    for (var text : List.of(phrase, phrase + " then", "to " + phrase, "x" + phrase + "y")) {
      assertThat(valueSigns.mayHavePhrase(text)).as(text).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Find me a window seat on the early train",
        "一张明天早上去上海的靠窗座位票",
        "订 G7502 去上海虹桥的靠窗座位两张",
        "a b c d e"
      })
  void findsEveryRowOfASentenceInAnyText(String sentence) {
    var rows = TextNormalizer.windows(sentence);
    assertThat(rows).isNotEmpty();
    rows.forEach(valueSigns::addRow);
    for (var row : rows) {
      for (var text : List.of(row, row.replace(" ", "  "), "he said: " + row + "!", "x, " + row)) {
        assertThat(valueSigns.mayHaveRow(TextNormalizer.normalize(text))).as(text).isTrue();
      }
    }
  }

  /** Ours: one in twenty may have a sign by chance; the signs of a world are a few hundred. */
  @Test
  void tellsMostOtherTextsApart() {
    TextNormalizer.windows("Find me a window seat on tomorrow's early train to Shanghai please")
        .forEach(valueSigns::addRow);
    valueSigns.addPhrase("wensan road 90");
    valueSigns.addPhrase("hangzhou");
    for (int i = 0; i < 100; i++) {
      valueSigns.addToken("r-%06d".formatted(i * 7));
    }
    int had = 0;
    for (int i = 0; i < 1_000; i++) {
      var text = "order %d of merchant %d was paid at %d".formatted(i, i * 31, i * 977);
      had += valueSigns.mayHavePhrase(text) || valueSigns.mayHaveRow(text) ? 1 : 0;
      had += tokens(text).isEmpty() ? 0 : 1;
    }
    assertThat(had).isLessThan(50);
  }

  @Test
  void hasNoSignOfNothing() {
    valueSigns.addToken("");
    assertThat(tokens("any text")).isEmpty();
    assertThat(valueSigns.mayHavePhrase("")).isFalse();
    assertThat(valueSigns.mayHaveRow("")).isFalse();
  }
}
