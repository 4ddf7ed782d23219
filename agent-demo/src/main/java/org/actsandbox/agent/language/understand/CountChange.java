package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.understand.draft.HotelDraft;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.jspecify.annotations.Nullable;

/** Counts one more, or one less, than the earlier wishes: 再加一个人. */
final class CountChange {

  private CountChange() {}

  /** Counts what comes on top of the earlier wishes, or is taken from them. */
  static void apply(AnnotatedSentence annotated, Situation situation, List<WishDraft> drafts) {
    var match = Cues.KNOWN.anywhere("more or less", annotated.text());
    if (drafts.size() != situation.wishes().size() || !match.find()) {
      return;
    }
    boolean less = match.group("less") != null;
    int change =
        Numerals.whole(first(match, "more", "more2", "more3", "less").replaceFirst("^an$", "1"))
                .orElse(0)
            * (less ? -1 : 1);
    var unit = first(match, "unit", "unit2", "unit3", "unit4");
    for (int i = 0; i < drafts.size(); i++) {
      add(WishDraft.of(situation.wishes().get(i)), drafts.get(i), unit, change);
    }
  }

  private static void add(WishDraft before, WishDraft draft, String unit, int change) {
    boolean people = unit.matches(".*[人位孩]");
    if (draft instanceof HotelDraft hotel && before instanceof HotelDraft stay) {
      if (unit.matches("晚|nights?")) {
        hotel.stay(sum(stay.nightsOrOne(), change));
      } else if (people || unit.equals("间")) {
        count(before, draft, people ? "guests" : "rooms", change);
      }
    } else if (people || unit.equals("张")) {
      count(before, draft, "passengers", change);
    }
    if (!people) {
      count(before, draft, "quantity", change);
    }
  }

  /** Changes the count where the wish has such a slot. */
  private static void count(WishDraft before, WishDraft draft, String slot, int change) {
    if (before.kind() == draft.kind()) {
      draft.set(slot, sum((Integer) before.get(slot), change));
    }
  }

  private static int sum(@Nullable Integer before, int change) {
    return Math.max(1, (before == null ? 1 : before) + change);
  }

  /** Returns what the first of the groups that took part has captured. */
  static String first(Matcher match, String... groups) {
    return Stream.of(groups).map(match::group).filter(Objects::nonNull).findFirst().orElseThrow();
  }
}
