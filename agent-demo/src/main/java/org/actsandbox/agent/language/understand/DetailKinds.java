package org.actsandbox.agent.language.understand;

import java.util.EnumSet;
import java.util.Set;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.ExcludedPlace;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Says for which kinds of wishes a detail of a sentence makes sense. */
final class DetailKinds {

  private DetailKinds() {}

  /** Returns the kinds of wishes for which the detail makes sense. */
  static Set<MerchantKind> kinds(MeaningSpan span) {
    return switch (span.meaning()) {
      case Count(Unit unit, int _) ->
          switch (unit) {
            case NIGHTS, ROOMS, STARS, DAYS -> EnumSet.of(MerchantKind.HOTEL);
            case TICKETS -> EnumSet.of(MerchantKind.TRAIN);
            case PEOPLE -> EnumSet.of(MerchantKind.TRAIN, MerchantKind.HOTEL);
            case PIECES -> EnumSet.of(MerchantKind.SHOP);
            case ANY -> MerchantKind.WITH_OFFERS;
          };
      case Cost cost ->
          cost.scope() == Scope.NIGHT ? EnumSet.of(MerchantKind.HOTEL) : MerchantKind.WITH_OFFERS;
      case Word word -> kindsOf(word.topic());
      case Meaning.KnownPlace knownPlace ->
          knownPlace.role() == Role.NEAR
              ? EnumSet.of(MerchantKind.HOTEL)
              : EnumSet.of(MerchantKind.TRAIN, MerchantKind.HOTEL);
      case ExcludedPlace _ -> EnumSet.noneOf(MerchantKind.class);
      case Day _ -> MerchantKind.WITH_OFFERS;
      default -> EnumSet.of(MerchantKind.TRAIN, MerchantKind.HOTEL);
    };
  }

  private static Set<MerchantKind> kindsOf(Topic topic) {
    return switch (topic) {
      case CLASS, SEAT, TRAINTYPE, RETURN, DIRECT -> EnumSet.of(MerchantKind.TRAIN);
      case BREAKFAST, CANCEL, ROOM -> EnumSet.of(MerchantKind.HOTEL);
      case UNSUPPORTED -> EnumSet.noneOf(MerchantKind.class);
      case PRODUCT, FEATURE, BRAND -> EnumSet.of(MerchantKind.SHOP);
      case KIND, SORT, PLACE -> MerchantKind.WITH_OFFERS;
    };
  }
}
