package org.actsandbox.agent.search;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.jspecify.annotations.Nullable;

/**
 * Splits the search of a day's trains into several needs. The needs of CID-2 name times and not
 * train numbers, so the day is searched piece by piece until the wished train is found. Where any
 * hour would do and a platform's first trains all leave at night, the trains by day are searched as
 * well.
 */
final class TrainSearchPages {

  private TrainSearchPages() {}

  /**
   * Returns the same need from just after the last train of {@code offers}; null when the search is
   * complete.
   */
  static @Nullable Need nextNeed(Wish wish, Need need, List<Offer> offers) {
    if (!(wish instanceof TrainWish train) || !(need instanceof Need.Train asked)) {
      return null;
    }
    if (train.byDay()) {
      return asked.departAfter() == null && allLeaveAtNight(offers)
          ? from(asked, OfferOrder.DAY_BEGINS)
          : null;
    }
    if (train.trainNo() == null) {
      return null;
    }
    LocalTime last = null;
    for (var offer : offers) {
      if (offer.details() instanceof OfferDetails.Train found) {
        if (found.trainNo().equals(train.trainNo())) {
          return null;
        }
        var departs = found.departs().toLocalTime();
        last = last == null || departs.isAfter(last) ? departs : last;
      }
    }
    boolean hasMore =
        last != null
            && last.isBefore(LocalTime.of(23, 59))
            && (asked.departAfter() == null || !last.isBefore(asked.departAfter()));
    return hasMore && last != null
        ? from(asked, last.plusMinutes(1).truncatedTo(ChronoUnit.MINUTES))
        : null;
  }

  private static boolean allLeaveAtNight(List<Offer> offers) {
    return offers.stream()
        .allMatch(
            offer ->
                offer.details() instanceof OfferDetails.Train found
                    && found.departs().toLocalTime().isBefore(OfferOrder.DAY_BEGINS));
  }

  private static Need from(Need.Train asked, LocalTime time) {
    return new Need.Train(
        asked.from(),
        asked.to(),
        asked.date(),
        time,
        asked.departBefore(),
        asked.arriveAfter(),
        asked.arriveBefore(),
        asked.seatClass(),
        asked.position(),
        asked.trainType(),
        asked.passengers(),
        asked.sort());
  }
}
