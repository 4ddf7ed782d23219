package org.actsandbox.agent.language.understand.draft;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the agent must ask before it searches: missing essentials, days in the past, counts
 * that are too large (ACT ADD-1).
 */
public final class WishCheck {

  // These are the numbers that every merchant of the kind sells in one order.
  static final int MAX_TICKETS = 9;
  static final int MAX_PEOPLE = 20;
  static final int MAX_ROOMS = 9;
  static final int MAX_NIGHTS = 30;
  static final int MAX_PIECES = 99;

  private final DraftFindings findings;
  private final ZonedDateTime now;

  public WishCheck(DraftFindings findings, ZonedDateTime now) {
    this.findings = findings;
    this.now = now;
  }

  public void check(List<WishDraft> drafts) {
    checkOrder(drafts);
    boolean startUnknown =
        drafts.stream().anyMatch(d -> d instanceof TrainDraft t && !t.back && t.date == null);
    for (var draft : drafts) {
      switch (draft) {
        case TrainDraft train -> check(train, startUnknown);
        case HotelDraft hotel -> check(hotel, startUnknown);
        case ShopDraft shop -> check(shop);
      }
    }
  }

  /** Checks the order of the journeys: the journey back cannot be before the outward one. */
  private void checkOrder(List<WishDraft> drafts) {
    TrainDraft out = null;
    for (var draft : drafts) {
      if (draft instanceof TrainDraft train) {
        if (train.back
            && train.date != null
            && out != null
            && out.date != null
            && train.date.isBefore(out.date)) {
          findings.ask("date", Reason.CONTRADICTORY, out.date + " / " + train.date);
        }
        out = train.back ? out : train;
      }
    }
  }

  /**
   * @param startUnknown whether the day of the journey there is asked for; the other days of a trip
   *     may follow from it
   */
  private void check(TrainDraft train, boolean startUnknown) {
    fillOrigin(train);
    if (train.to == null && train.trainNo != null && !findings.asks("to")) {
      // A number alone does not say where the train goes, and no merchant can be asked for it.
      findings.ask("to", Reason.MISSING, train.trainNo);
    }
    if (!train.back || !findings.asks("from")) {
      // The way back ends where the journey starts, which is asked for.
      requireField("to", train.to);
    }
    if (!train.back) {
      requireField("date", train.date);
    } else if (!startUnknown) {
      requireField("return_date", train.date);
    }
    if (train.from != null
        && train.to != null
        && !findings.asks("to")
        && isSame(train.from, train.to)) {
      findings.ask("to", Reason.CONTRADICTORY, train.to);
    }
    LocalTime latest = train.departBefore != null ? train.departBefore : train.arriveBefore;
    boolean today = now.toLocalDate().equals(train.date) && train.latestDate == null;
    if (today && latest != null && !latest.isAfter(now.toLocalTime())) {
      findings.ask("time", Reason.PAST, latest.toString());
    }
  }

  /**
   * Sets the origin to the principal's home when the sentence names none, unless the journey goes
   * there.
   */
  private void fillOrigin(TrainDraft train) {
    if (train.from == null && !findings.asks("from")) {
      findings
          .home()
          .filter(home -> train.to == null || !isSame(home.railDestination(), train.to))
          .ifPresent(home -> train.from = home.railDestination());
    }
    requireField("from", train.from);
  }

  private static boolean isSame(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    var a = PlaceNames.china().findByWireName(from);
    var b = PlaceNames.china().findByWireName(to);
    boolean stations = a.filter(Place::isCity).isEmpty() && b.filter(Place::isCity).isEmpty();
    return a.isPresent() && b.isPresent() && a.get().city().equals(b.get().city()) && !stations;
  }

  private void check(HotelDraft hotel, boolean startUnknown) {
    if (findings.asks("check_in")) {
      // The other of two days that were said is not the day until the principal answers.
      hotel.checkIn = null;
    }
    requireField("city", hotel.city);
    if (!startUnknown) {
      requireField("check_in", hotel.checkIn);
    }
    if ("nearest".equals(hotel.sort)) {
      requireField("near", hotel.near);
    }
    if (hotel.nightsOrOne() < 1) {
      findings.ask("nights", Reason.CONTRADICTORY, null);
    }
  }

  private void check(ShopDraft shop) {
    requireField("product", shop.terms);
  }

  private void requireField(String field, @Nullable Object value) {
    if (value == null && !findings.asks(field)) {
      findings.ask(field, Reason.MISSING, null);
    }
  }
}
