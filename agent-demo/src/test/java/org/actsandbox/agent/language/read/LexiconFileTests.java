package org.actsandbox.agent.language.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import org.actsandbox.protocol.vocabulary.WordLists;
import org.junit.jupiter.api.Test;

/** Tests that a contributor can read and compare the lines of {@code lexicon.txt}. */
class LexiconFileTests {

  private static final int MAX_CHARS = 120;

  /** Of two lines with the same form the second would never be read. */
  @Test
  void noFormStandsTwice() {
    var seen = new HashSet<String>();
    var twice =
        WordLists.lines(LexiconLine.class, "lexicon.txt").stream()
            .flatMap(line -> Arrays.stream(line.split("\\|", -1)[2].split(",", -1)))
            .map(form -> form.toLowerCase(Locale.ROOT))
            .filter(form -> !seen.add(form))
            .toList();
    assertThat(seen).hasSizeGreaterThan(1_000);
    assertThat(twice).isEmpty();
  }

  @Test
  void noLineIsTooLongToCompare() {
    assertThat(WordLists.lines(LexiconLine.class, "lexicon.txt"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(MAX_CHARS));
  }
}
