package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** Is the meaning of one stretch of a sentence. */
public sealed interface Meaning {

  /** Names the role of a place in the wish. */
  enum Role {
    FROM,
    TO,
    IN,
    NEAR,
    NONE
  }

  /** Names what a cost limits. */
  enum Scope {
    TOTAL,
    NIGHT,
    EACH,
    OPEN
  }

  /** Names what is counted. */
  enum Unit {
    NIGHTS(Set.of(MerchantKind.HOTEL)),
    DAYS(Set.of(MerchantKind.HOTEL)),
    PEOPLE(Set.of(MerchantKind.TRAIN, MerchantKind.HOTEL)),
    TICKETS(Set.of(MerchantKind.TRAIN)),
    ROOMS(Set.of(MerchantKind.HOTEL)),
    STARS(Set.of(MerchantKind.HOTEL)),
    PIECES(Set.of(MerchantKind.SHOP)),
    /**
     * A bare number, as in "make it two". It counts the unit of the wish: seats, rooms or pieces.
     */
    ANY(MerchantKind.WITH_OFFERS);

    @SuppressWarnings("ImmutableEnumChecker") // the sets cannot be modified
    final Set<MerchantKind> kinds;

    Unit(Set<MerchantKind> kinds) {
      this.kinds = kinds;
    }
  }

  /** Says how a day limits the wish: on it, by it at the latest, or until it. */
  enum Bound {
    ON,
    BY,
    UNTIL
  }

  /**
   * The mention of a place.
   *
   * @param places several places when the name is ambiguous
   */
  record KnownPlace(Set<Place> places, Role role, String words) implements Meaning {}

  /** A place that the principal rejects, such as Hangzhou in "from Suzhou, not Hangzhou". */
  record ExcludedPlace(Set<Place> places, String words) implements Meaning {}

  /** The name of a place that the agent does not know. */
  record UnknownPlace(String words, Role role) implements Meaning {}

  /** A place without a name: the principal's home, or just "the station" or "the centre". */
  record GenericPlace(String value, Role role) implements Meaning {}

  record Word(Topic topic, String value, String words, boolean negated) implements Meaning {

    public boolean isOf(Topic... topics) {
      return List.of(topics).contains(topic);
    }

    public boolean is(Topic of, String named) {
      return topic == of && value.equals(named);
    }
  }

  record Day(LocalDate first, LocalDate last, Bound bound) implements Meaning {
    static Day on(LocalDate day) {
      return new Day(day, day, Bound.ON);
    }
  }

  /** A number of days after the day of an earlier sentence. */
  record DayShift(int days) implements Meaning {}

  /** A day that cannot be meant as it was said. */
  record InvalidDay(Clarification.Reason reason, String words) implements Meaning {}

  /**
   * The hours of departure and arrival.
   *
   * @param partOfDay whether they come from words such as "in the morning", which an exact hour
   *     narrows
   * @param about whether the time is approximate and stands in the middle of the limits
   */
  record Hours(
      @Nullable LocalTime departAfter,
      @Nullable LocalTime departBefore,
      @Nullable LocalTime arriveAfter,
      @Nullable LocalTime arriveBefore,
      boolean partOfDay,
      boolean about)
      implements Meaning {

    public Hours(
        @Nullable LocalTime departAfter,
        @Nullable LocalTime departBefore,
        @Nullable LocalTime arriveAfter,
        @Nullable LocalTime arriveBefore,
        boolean partOfDay) {
      this(departAfter, departBefore, arriveAfter, arriveBefore, partOfDay, false);
    }

    /** Returns the hours that both allow. */
    public Hours and(Hours other) {
      return new Hours(
          later(departAfter, other.departAfter),
          earlier(departBefore, other.departBefore),
          later(arriveAfter, other.arriveAfter),
          earlier(arriveBefore, other.arriveBefore),
          partOfDay && other.partOfDay,
          other.about);
    }

    /** Returns the later of two hours, where a missing one limits nothing. */
    public static @Nullable LocalTime later(@Nullable LocalTime a, @Nullable LocalTime b) {
      return a == null || (b != null && b.isAfter(a)) ? b : a;
    }

    /** Returns the earlier of two hours, where a missing one limits nothing. */
    public static @Nullable LocalTime earlier(@Nullable LocalTime a, @Nullable LocalTime b) {
      return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    /** Returns these hours of a departure as hours of an arrival. */
    Hours asArrival() {
      return new Hours(null, null, departAfter, departBefore, partOfDay, about);
    }
  }

  /** Hours that are allowed and not asked for. */
  record AllowedHours(Hours hours) implements Meaning {}

  /**
   * A time later or earlier than the shown one.
   *
   * @param minutes by how much, or 0 when it was not said
   */
  record HourShift(boolean later, int minutes) implements Meaning {}

  /**
   * A limit of cost.
   *
   * @param min the lower limit, for a range or an approximate price
   */
  record Cost(Money max, @Nullable Money min, Scope scope) implements Meaning {}

  /** A cost in a currency that the agent does not pay with. */
  record ForeignCost(String words) implements Meaning {}

  record Count(Unit unit, int number) implements Meaning {}

  record TrainNumber(String number) implements Meaning {}
}
