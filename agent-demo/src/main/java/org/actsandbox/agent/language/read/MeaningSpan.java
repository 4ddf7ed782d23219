package org.actsandbox.agent.language.read;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.MatchResult;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Is a stretch of a sentence together with the meaning that was found in it. */
public record MeaningSpan(int start, int end, Meaning meaning) implements Comparable<MeaningSpan> {

  static MeaningSpan of(MatchResult match, Meaning meaning) {
    return new MeaningSpan(match.start(), match.end(), meaning);
  }

  /** Returns whether a word of one of the topics stands there. */
  public boolean isWord(Topic... topics) {
    return meaning instanceof Meaning.Word word && word.isOf(topics);
  }

  /** Returns the same stretch with another meaning. */
  public MeaningSpan with(Meaning other) {
    return new MeaningSpan(start, end, other);
  }

  public boolean counts(Meaning.Unit unit) {
    return meaning instanceof Meaning.Count count && count.unit() == unit;
  }

  /** Returns the kinds of wishes for which the detail makes sense. */
  public Set<MerchantKind> kinds() {
    return switch (meaning) {
      case Meaning.Count count -> count.unit().kinds;
      case Meaning.Word word -> word.topic().kinds;
      case Meaning.Cost cost when cost.scope() == Meaning.Scope.NIGHT ->
          EnumSet.of(MerchantKind.HOTEL);
      case Meaning.Cost _, Meaning.Day _ -> MerchantKind.WITH_OFFERS;
      case Meaning.KnownPlace place when place.role() == Meaning.Role.NEAR ->
          EnumSet.of(MerchantKind.HOTEL);
      case Meaning.ExcludedPlace _ -> EnumSet.noneOf(MerchantKind.class);
      default -> EnumSet.of(MerchantKind.TRAIN, MerchantKind.HOTEL);
    };
  }

  /** Returns whether no other kind of wishes has the detail. */
  public boolean isOnlyOf(MerchantKind kind) {
    return kinds().equals(EnumSet.of(kind));
  }

  /** Returns the stretch of a text of the sentence. */
  public String in(String text) {
    return text.substring(start, end);
  }

  @Override
  public int compareTo(MeaningSpan other) {
    return Integer.compare(start, other.start);
  }
}
