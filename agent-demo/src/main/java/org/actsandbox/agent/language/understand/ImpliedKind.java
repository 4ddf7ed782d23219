package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Set;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.Meaning.TrainNumber;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnsupportedWish;
import org.actsandbox.agent.language.understand.draft.Details;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Infers the kind of a wish from its details when no word names the kind. */
final class ImpliedKind {

  /** True if an hour was said: a guest of a hotel names none, but a traveller does. */
  private boolean hasHours;

  /** True if a word was said that only a stay has; without a place it may be about anything. */
  private boolean hotelWord;

  private boolean trainWord;
  private boolean train;

  /** True if a detail of a ticket was said: a class, a seat, a train. */
  private boolean ticket;

  private boolean hotel;
  private boolean shop;
  private boolean trip;
  private boolean place;
  private boolean day;
  private boolean days;
  private boolean nights;

  private ImpliedKind() {}

  /** Returns whether the traveller is back on the day of the journey, and needs no room. */
  static boolean isSameDayReturn(String text) {
    return Cues.KNOWN.occurs("same day", text);
  }

  /** Returns the kinds, or null when nothing hints at any. */
  static @Nullable List<MerchantKind> kind(AnnotatedSentence annotated) {
    return new ImpliedKind().read(annotated);
  }

  private @Nullable List<MerchantKind> read(AnnotatedSentence annotated) {
    hasHours = annotated.all(Hours.class).anyMatch(hours -> !hours.partOfDay());

    annotated.marks().forEach(span -> note(span.meaning()));
    hotel |= hotelWord && place;
    train |= trainWord && place;
    hotel |= Cues.KNOWN.occurs("sleeping", annotated.text());
    hotel |= isSomewhere(annotated);
    boolean isSightseeing = Cues.KNOWN.occurs("sightseeing", annotated.text());
    if (isSameDayReturn(annotated.text()) && place) {
      return List.of(MerchantKind.TRAIN);
    }
    boolean isJourney = ticket || hasHours;
    if ((trip && !(isJourney && !hotel && !days))
        || (days && place)
        || (nights && train && place)
        || isForDays(annotated)
        || (isSightseeing && place && day && !train)) {
      return List.of(MerchantKind.TRAIN, MerchantKind.HOTEL);
    }
    if (hotel && !train) {
      return List.of(MerchantKind.HOTEL);
    }
    if (train || (place && (day || Details.comparesPlaces(annotated.text())))) {
      return List.of(MerchantKind.TRAIN);
    }
    return shop && !place ? List.of(MerchantKind.SHOP) : null;
  }

  private boolean isSomewhere(AnnotatedSentence annotated) {
    return Cues.KNOWN.occurs("somewhere to stay", annotated.text())
        && annotated
            .all(Meaning.KnownPlace.class)
            .anyMatch(spot -> spot.role() == Role.IN || spot.role() == Role.NEAR);
  }

  /** Returns whether a place and the days there are all that is said of a trip. */
  private boolean isForDays(AnnotatedSentence annotated) {
    var text = annotated.text();
    return place
        && !train
        && !hotel
        && !hasHours
        && annotated.any(
            m ->
                m.meaning() instanceof Day day
                    && day.last().isAfter(day.first().plusDays(1))
                    && Cues.KNOWN.fits("from day to day", m.in(text)));
  }

  private void note(Meaning meaning) {
    switch (meaning) {
      case Meaning.KnownPlace knownPlace -> {
        place = true;
        train |= knownPlace.role() == Role.FROM || knownPlace.role() == Role.TO;
        boolean sight =
            knownPlace.role() == Role.NONE
                && knownPlace.places().stream().allMatch(p -> p.sort() == Place.Type.LANDMARK);
        hotel |= (knownPlace.role() == Role.NEAR || sight) && !hasHours;
      }
      case Meaning.UnknownPlace unknownPlace ->
          train |= unknownPlace.role() == Role.FROM || unknownPlace.role() == Role.TO;
      case TrainNumber _ -> {
        train = true;
        ticket = true;
      }
      case Day _, Hours _, Meaning.InvalidDay _ -> day = true;
      case Count count -> {
        hotel |= Set.of(Unit.NIGHTS, Unit.ROOMS, Unit.STARS).contains(count.unit());
        train |= count.unit() == Unit.TICKETS;
        days |= count.unit() == Unit.DAYS;
        nights |= count.unit() == Unit.NIGHTS;
      }
      case Cost cost -> hotel |= cost.scope() == Scope.NIGHT;
      case Word word -> note(word);
      default -> {}
    }
  }

  /** A view belongs to a room, and a berth to a train, even where no merchant can be asked. */
  private static boolean isOnlyFor(Word word, MerchantKind kind) {
    return word.topic() == Topic.UNSUPPORTED
        && UnsupportedWish.find(word.value())
            .filter(w -> w.kinds().equals(Set.of(kind)))
            .isPresent();
  }

  private void note(Word word) {

    ticket |= word.isOf(Topic.CLASS, Topic.SEAT);
    train |= word.isOf(Topic.CLASS, Topic.SEAT, Topic.DIRECT, Topic.RETURN);
    hotel |= word.isOf(Topic.BREAKFAST);
    hotelWord |= isOnlyFor(word, MerchantKind.HOTEL);
    trainWord |= isOnlyFor(word, MerchantKind.TRAIN);

    shop |= word.isOf(Topic.BRAND, Topic.FEATURE);
    trip |= word.is(Topic.KIND, "trip") && !word.negated();
  }
}
