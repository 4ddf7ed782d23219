package org.actsandbox.agent.language.text;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A pattern of many alternatives. A search tries only the alternatives whose words are in the text,
 * because its time grows with their number. It finds the same as a search for all of them.
 */
public final class SelectivePattern {

  /** Ours: sentences of a language select fewer combinations of alternatives than this. */
  private static final int MOST_SELECTIONS = 300;

  /** A part that refers to other parts of the expression, or that has a name. */
  private static final Pattern BOUND = Pattern.compile("\\(\\?<[a-zA-Z]|\\\\[1-9k]");

  /** A sign that changes how the alternatives behind it are read. */
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]+\\)");

  private static final String NEVER = "(?!)";

  private final Pattern whole;
  private final String end;
  private final List<Alternative> alternatives;
  private final Map<BitSet, Pattern> selections = new ConcurrentHashMap<>();

  /**
   * @param absent what takes its place where it cannot match, with as many groups
   */
  private record Alternative(String regex, RequiredWords words, String absent) {

    static Alternative of(String regex) {
      return BOUND.matcher(regex).find()
          ? new Alternative(regex, RequiredWords.NONE, regex)
          : new Alternative(
              regex,
              RequiredWords.of(regex),
              "()".repeat(Pattern.compile(regex).matcher("").groupCount()));
    }
  }

  private SelectivePattern(String regex, String end) {
    this.end = end;
    this.whole = Pattern.compile("(?:" + regex + ")" + end);
    this.alternatives =
        FLAGS.matcher(regex).find()
            ? List.of()
            : RegexParts.alternatives(regex).stream().map(Alternative::of).toList();
  }

  public static SelectivePattern of(String regex) {
    return new SelectivePattern(regex, "");
  }

  /** Makes a pattern of alternatives that match only at the end of the text or region. */
  public static SelectivePattern atEnd(String regex) {
    return new SelectivePattern(regex, "$");
  }

  /** Returns the pattern with all its alternatives. */
  public Pattern whole() {
    return whole;
  }

  /** Returns a matcher to search the text or a region of it. */
  public Matcher in(String text) {
    return selected(text).matcher(text);
  }

  private Pattern selected(String text) {
    var letters = RequiredWords.letters(text);
    var present = new BitSet();
    for (int i = 0; i < alternatives.size(); i++) {
      if (alternatives.get(i).words().mayBeIn(text, letters)) {
        present.set(i);
      }
    }
    if (present.cardinality() == alternatives.size()) {
      return whole;
    }
    var known = selections.get(present);
    if (known != null) {
      return known;
    }
    if (selections.size() >= MOST_SELECTIONS) {
      return whole;
    }
    var selection = only(present);
    selections.put(present, selection);
    return selection;
  }

  /** Makes a pattern in which each group has the number that it has in the whole pattern. */
  private Pattern only(BitSet present) {
    var parts =
        IntStream.range(0, alternatives.size())
            .filter(i -> present.get(i) || !alternatives.get(i).absent().isEmpty())
            .mapToObj(
                i ->
                    present.get(i)
                        ? alternatives.get(i).regex()
                        : NEVER + alternatives.get(i).absent())
            .collect(Collectors.joining("|"));
    return Pattern.compile("(?:" + (parts.isEmpty() ? NEVER : parts) + ")" + end);
  }
}
