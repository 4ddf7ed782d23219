package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** What a stretch of a sentence says. */
public sealed interface Meaning {

  /** What a place is there for. */
  enum Role {
    FROM,
    TO,
    IN,
    NEAR,
    NONE
  }

  /** What a cost is the limit of. */
  enum Scope {
    TOTAL,
    NIGHT,
    EACH,
    OPEN
  }

  /** What is counted. */
  enum Unit {
    NIGHTS,
    DAYS,
    PEOPLE,
    TICKETS,
    ROOMS,
    STARS,
    PIECES,
    /** A bare number, as in "make it two": whatever the wish counts. */
    ANY
  }

  /** Where a day stands: on it, by it at the latest, or until it. */
  enum Bound {
    ON,
    BY,
    UNTIL
  }

  /**
   * @param places more than one when the name is ambiguous
   */
  record KnownPlace(Set<Place> places, Role role, String words) implements Meaning {}

  /** A place that is not meant, as Hangzhou in "from Suzhou, not Hangzhou". */
  record ExcludedPlace(Set<Place> places, String words) implements Meaning {}

  /** The name of a place nobody knows. */
  record UnknownPlace(String words, Role role) implements Meaning {}

  /** The principal's home, or just "the station", "the centre". */
  record GenericPlace(String value, Role role) implements Meaning {}

  record Word(Topic topic, String value, String words, boolean negated) implements Meaning {}

  record Day(LocalDate first, LocalDate last, Bound bound) implements Meaning {
    static Day on(LocalDate day) {
      return new Day(day, day, Bound.ON);
    }
  }

  /** So many days after the day spoken of before. */
  record DayShift(int days) implements Meaning {}

  /** A day that cannot be meant as said. */
  record InvalidDay(Clarification.Reason reason, String words) implements Meaning {}

  /**
   * @param partOfDay such as "in the morning", which an exact hour narrows
   * @param about whether a time was meant roughly, in the middle of the bounds
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
  }

  /** Later, or earlier, than what was shown. */
  record HourShift(boolean later) implements Meaning {}

  /**
   * @param min when a range was said, or a price that is meant roughly
   */
  record Cost(Money max, @Nullable Money min, Scope scope) implements Meaning {}

  /** A cost in money the agent does not pay with. */
  record ForeignCost(String words) implements Meaning {}

  record Count(Unit unit, int number) implements Meaning {}

  record TrainNumber(String number) implements Meaning {}
}
