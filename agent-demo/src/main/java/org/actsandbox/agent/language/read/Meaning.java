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
    PIECES
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

  record Hours(
      @Nullable LocalTime departAfter,
      @Nullable LocalTime departBefore,
      @Nullable LocalTime arriveAfter,
      @Nullable LocalTime arriveBefore,
      boolean partOfDay)
      implements Meaning {}

  /** Later, or earlier, than what was shown. */
  record HourShift(boolean later) implements Meaning {}

  record Cost(Money max, Scope scope) implements Meaning {}

  /** A cost in money the agent does not pay with. */
  record ForeignCost(String words) implements Meaning {}

  record Count(Unit unit, int number) implements Meaning {}

  record TrainNumber(String number) implements Meaning {}
}
