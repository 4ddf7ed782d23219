package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Mark;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Spot;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Reading;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.protocol.commerce.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What names a wish ("train", "酒店", a product), and where.
 *
 * @param back whether it names the way back
 */
record Head(int start, int end, Kind kind, boolean back) {

  private static final Pattern GLUE = Pattern.compile("[ -]*的?");

  /** All of a sentence, in its order. */
  static List<Head> all(Reading reading) {
    var heads = new ArrayList<Head>();
    for (var mark : reading.marks()) {
      var head = head(mark);
      if (head == null || (head.back() && isWayThere(reading, mark))) {
        continue;
      }
      var last = heads.isEmpty() ? null : heads.getLast();
      if (last != null && joins(reading, last, head)) {
        heads.removeLast();
        head = new Head(last.start(), head.end(), head.kind(), last.back() || head.back());
      }
      heads.add(head);
    }
    // With a thing that is known, words that are not are no second wish: they are told as unread.
    var unknown = heads.isEmpty() ? FreeProducts.find(reading) : List.<FreeProducts.Product>of();
    unknown.forEach(p -> heads.add(new Head(p.start(), p.end(), Kind.SHOP, false)));
    heads.sort((a, b) -> Integer.compare(a.start(), b.start()));
    outward(reading, heads);
    return heads;
  }

  /** "From Shanghai back to Hangzhou" is one way. */
  private static boolean isWayThere(Reading reading, Mark back) {
    var marks = reading.marks();
    boolean to =
        marks.stream()
            .anyMatch(
                m ->
                    m.meaning() instanceof Spot
                        && m.start() >= back.end()
                        && m.start() - back.end() <= " to the ".length());
    boolean from =
        marks.stream()
            .filter(m -> m.end() <= back.start() && m.meaning() instanceof Spot)
            .allMatch(m -> m.meaning() instanceof Spot spot && spot.role() == Meaning.Role.FROM);
    boolean any =
        marks.stream().anyMatch(m -> m.end() <= back.start() && m.meaning() instanceof Spot);
    return to && from && any;
  }

  /** 周五去上海周日回: the way there has no head of its own, only a place before the way back. */
  private static void outward(Reading reading, List<Head> heads) {
    var train = heads.stream().filter(h -> h.kind() == Kind.TRAIN).findFirst();
    if (train.isEmpty() || !train.get().back()) {
      return;
    }
    reading.marks().stream()
        .filter(
            m ->
                m.meaning() instanceof Spot spot
                    && spot.role() != Meaning.Role.FROM
                    && m.end() <= train.get().start())
        .findFirst()
        .ifPresent(m -> heads.add(0, new Head(m.start(), m.end(), Kind.TRAIN, false)));
    heads.sort((a, b) -> Integer.compare(a.start(), b.start()));
  }

  private static @Nullable Head head(Mark mark) {
    if (!(mark.meaning() instanceof Word word) || word.negated()) {
      return null;
    }
    var kind =
        switch (word.topic()) {
          case PRODUCT -> Kind.SHOP;
          case RETURN -> word.value().equals("back") ? Kind.TRAIN : null;
          case TRAINTYPE -> Kind.TRAIN;
          case ROOM -> Kind.HOTEL;
          case KIND -> kindNamed(word.value());
          default -> null;
        };
    return kind == null
        ? null
        : new Head(mark.start(), mark.end(), kind, word.topic() == Topic.RETURN);
  }

  private static @Nullable Kind kindNamed(String value) {
    return switch (value) {
      case "train" -> Kind.TRAIN;
      case "hotel" -> Kind.HOTEL;
      default -> null;
    };
  }

  /** "tea gift box" is one product; "return train" and "hotel room" are one head as well. */
  private static boolean joins(Reading reading, Head last, Head next) {
    var between = reading.sentence().plain().substring(last.end(), next.start());
    if (last.kind() != next.kind()) {
      return false;
    }
    return GLUE.matcher(between).matches();
  }
}
