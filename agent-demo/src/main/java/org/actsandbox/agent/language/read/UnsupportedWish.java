package org.actsandbox.agent.language.read;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Is a wish that people have and no merchant here can be asked for, such as a gym or a student
 * fare: the agent names it instead of dropping it.
 *
 * @param kinds the kinds of wishes that it can belong to
 * @param forms the words for it in plain spelling
 * @param example a sentence that runs as a test
 */
public record UnsupportedWish(
    Set<MerchantKind> kinds, Text name, List<String> forms, String example) {

  public static final String LATE_ARRIVAL = "late arrival";

  /** All lines of {@code unsupported.txt}, which a contributor extends by one line. */
  public static final List<UnsupportedWish> ALL =
      WordLists.lines(UnsupportedWish.class, "unsupported.txt").stream()
          .map(UnsupportedWish::of)
          .toList();

  private static final Map<String, UnsupportedWish> BY_ENGLISH =
      ALL.stream().collect(Collectors.toMap(UnsupportedWish::english, Function.identity()));

  /** Finds the wish that a word of topic {@code UNSUPPORTED} has as its value. */
  public static Optional<UnsupportedWish> find(String english) {
    return Optional.ofNullable(BY_ENGLISH.get(english));
  }

  String english() {
    return name.en();
  }

  private static UnsupportedWish of(String line) {
    var field = line.split(" \\| ", -1);
    if (field.length != 5) {
      throw new IllegalStateException("unsupported.txt: five fields expected in " + line);
    }
    var kinds = EnumSet.noneOf(MerchantKind.class);
    for (var kind : field[0].split(",", -1)) {
      kinds.add(MerchantKind.valueOf(kind.toUpperCase(Locale.ROOT)));
    }
    return new UnsupportedWish(
        kinds,
        new Text(field[1], field[2]),
        Arrays.asList(field[3].split(",", -1)),
        field[4].strip());
  }
}
