package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Lost;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.Spot;
import org.actsandbox.agent.language.read.Meaning.TrainNumber;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Reading;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.protocol.commerce.Kind;
import org.jspecify.annotations.Nullable;

/** What kind of wish the details speak of when no word names one. */
final class Implied {

  private static final Pattern PLAYING = Pattern.compile("玩|逛|\\bvisit(?:ing)?\\b");

  private static final Pattern SLEEPING = Pattern.compile("\\bto sleep\\b|睡(?:觉|一晚)|过一晚");

  private boolean train;
  private boolean hotel;
  private boolean shop;
  private boolean trip;
  private boolean place;
  private boolean day;
  private boolean days;

  private Implied() {}

  /** The kinds, or null when nothing hints at any. */
  static @Nullable List<Kind> kind(Reading reading) {
    var implied = new Implied();
    reading.marks().forEach(mark -> implied.note(mark.meaning()));
    implied.hotel |= SLEEPING.matcher(reading.sentence().plain()).find();
    boolean playing = PLAYING.matcher(reading.sentence().plain()).find();
    if (implied.trip
        || (implied.days && implied.place)
        || (playing && implied.place && implied.day && !implied.train)) {
      return List.of(Kind.TRAIN, Kind.HOTEL);
    }
    if (implied.hotel && !implied.train) {
      return List.of(Kind.HOTEL);
    }
    if (implied.train || (implied.place && implied.day)) {
      return List.of(Kind.TRAIN);
    }
    return implied.shop && !implied.place ? List.of(Kind.SHOP) : null;
  }

  private void note(Meaning meaning) {
    switch (meaning) {
      case Spot spot -> {
        place = true;
        train |= spot.role() == Role.FROM || spot.role() == Role.TO;
        hotel |= spot.role() == Role.NEAR;
      }
      case Lost lost -> train |= lost.role() == Role.FROM || lost.role() == Role.TO;
      case TrainNumber _ -> train = true;
      case Day _, Hours _ -> day = true;
      case Count count -> {
        hotel |=
            count.unit() == Unit.NIGHTS || count.unit() == Unit.ROOMS || count.unit() == Unit.STARS;
        train |= count.unit() == Unit.TICKETS;
        days |= count.unit() == Unit.DAYS;
      }
      case Cost cost -> hotel |= cost.scope() == Scope.NIGHT;
      case Word word -> note(word);
      default -> {}
    }
  }

  private void note(Word word) {
    train |=
        word.topic() == Topic.CLASS
            || word.topic() == Topic.SEAT
            || word.topic() == Topic.DIRECT
            || word.topic() == Topic.RETURN;
    hotel |= word.topic() == Topic.BREAKFAST;
    shop |= word.topic() == Topic.BRAND || word.topic() == Topic.FEATURE;
    trip |= word.topic() == Topic.KIND && word.value().equals("trip") && !word.negated();
  }
}
