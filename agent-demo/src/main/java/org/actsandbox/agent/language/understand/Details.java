package org.actsandbox.agent.language.understand;

import java.util.EnumSet;
import java.util.Set;
import org.actsandbox.agent.language.read.Mark;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.ExcludedPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Spot;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.protocol.commerce.Kind;

/** What details make sense for. */
final class Details {

  private Details() {}

  /** The kinds of wishes a detail makes sense for. */
  static Set<Kind> kinds(Mark mark) {
    return switch (mark.meaning()) {
      case Count(Unit unit, int _) ->
          switch (unit) {
            case NIGHTS, ROOMS, STARS, DAYS -> EnumSet.of(Kind.HOTEL);
            case TICKETS -> EnumSet.of(Kind.TRAIN);
            case PEOPLE -> EnumSet.of(Kind.TRAIN, Kind.HOTEL);
            case PIECES -> EnumSet.of(Kind.SHOP);
            case ANY -> EnumSet.of(Kind.TRAIN, Kind.SHOP);
          };
      case Cost cost -> cost.scope() == Scope.NIGHT ? EnumSet.of(Kind.HOTEL) : Kind.SHOPPED;
      case Word word -> kindsOf(word.topic());
      case Spot spot ->
          spot.role() == Role.NEAR ? EnumSet.of(Kind.HOTEL) : EnumSet.of(Kind.TRAIN, Kind.HOTEL);
      case ExcludedPlace _ -> EnumSet.noneOf(Kind.class);
      case Day _ -> Kind.SHOPPED;
      default -> EnumSet.of(Kind.TRAIN, Kind.HOTEL);
    };
  }

  private static Set<Kind> kindsOf(Topic topic) {
    return switch (topic) {
      case CLASS, SEAT, TRAINTYPE, RETURN, DIRECT -> EnumSet.of(Kind.TRAIN);
      case BREAKFAST, CANCEL, ROOM -> EnumSet.of(Kind.HOTEL);
      case UNSUPPORTED -> EnumSet.noneOf(Kind.class);
      case PRODUCT, FEATURE, BRAND -> EnumSet.of(Kind.SHOP);
      case KIND, SORT, PLACE -> Kind.SHOPPED;
    };
  }
}
