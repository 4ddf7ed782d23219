package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Infers the kind of a wish from its details when no word names the kind. */
final class ImpliedKind {

  private static final Pattern SIGHTSEEING =
      Pattern.compile(
          "玩|逛|\\bvisit(?:ing)?\\b(?! (?:my|our|an?|his|her|the|some|friends|family|clients?|customers?|relatives|him|them)\\b)");

  private static final Pattern SLEEPING =
      Pattern.compile(
          "\\bto sleep\\b|\\bwhere (?:can|could|should|do|would|to) (?:we |i |they )?(?:stay|sleep|spend the night)\\b|\\b(?:an?|any|some) (?:nice |cheap |quiet |good |decent )*place (?:for (?:the (?:night|weekend)|us|me|two|three|four|five|six|\\d)|near|close to|in)\\b|(?<![午小])睡(?!前|过|衣|袋|裙|帽)|过一晚|过夜");

  private static final Pattern SAME_DAY =
      Pattern.compile(
          "\\b(?:the same (?:day|evening)|that (?:same )?(?:evening|night)|same-day return|day trip|day return|there and back(?: to [a-z]+)?(?: in a day|,? (?:on )?(?:today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?! to\\b)))\\b"
              + "|(?:当天|当日|同一天|一天)(?:晚上|傍晚|下午|夜里)?(?:就|之?内|要|再|赶)?(?:来回|往返|回)|当晚(?:就|要|再|赶)?(?:返|回)");

  /** From one day to another: "Beijing, December 20 to 23". */
  private static final Pattern FROM_DAY_TO_DAY =
      Pattern.compile(".*(?: (?:to|till|until|through|thru) |[-~–到至]).*");

  /** Something without a name in a place is a place to stay: "something romantic in Hangzhou". */
  private static final Pattern SOMEWHERE =
      Pattern.compile(
          "\\b(?:something|somewhere|anything|anywhere) (?:[a-z]+ ){1,3}(?:in|near|by|close to|around) ");

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
    return SAME_DAY.matcher(text).find();
  }

  /** Returns the kinds, or null when nothing hints at any. */
  static @Nullable List<MerchantKind> kind(AnnotatedSentence annotatedSentence) {
    var impliedKind = new ImpliedKind();
    impliedKind.hasHours =
        annotatedSentence.marks().stream()
            .anyMatch(m -> m.meaning() instanceof Hours hours && !hours.partOfDay());
    annotatedSentence.marks().forEach(meaningSpan -> impliedKind.note(meaningSpan.meaning()));
    impliedKind.hotel |= impliedKind.hotelWord && impliedKind.place;
    impliedKind.train |= impliedKind.trainWord && impliedKind.place;
    impliedKind.hotel |= SLEEPING.matcher(annotatedSentence.sentence().plain()).find();
    impliedKind.hotel |= impliedKind.isSomewhere(annotatedSentence);
    boolean isSightseeing = SIGHTSEEING.matcher(annotatedSentence.sentence().plain()).find();
    if (isSameDayReturn(annotatedSentence.sentence().plain()) && impliedKind.place) {
      return List.of(MerchantKind.TRAIN);
    }
    boolean isJourney = impliedKind.ticket || impliedKind.hasHours;
    if ((impliedKind.trip && !(isJourney && !impliedKind.hotel && !impliedKind.days))
        || (impliedKind.days && impliedKind.place)
        || (impliedKind.nights && impliedKind.train && impliedKind.place)
        || impliedKind.isForDays(annotatedSentence)
        || (isSightseeing && impliedKind.place && impliedKind.day && !impliedKind.train)) {
      return List.of(MerchantKind.TRAIN, MerchantKind.HOTEL);
    }
    if (impliedKind.hotel && !impliedKind.train) {
      return List.of(MerchantKind.HOTEL);
    }
    if (impliedKind.train || (impliedKind.place && impliedKind.day)) {
      return List.of(MerchantKind.TRAIN);
    }
    return impliedKind.shop && !impliedKind.place ? List.of(MerchantKind.SHOP) : null;
  }

  private boolean isSomewhere(AnnotatedSentence annotatedSentence) {
    return SOMEWHERE.matcher(annotatedSentence.sentence().plain()).find()
        && annotatedSentence.marks().stream()
            .anyMatch(
                m ->
                    m.meaning() instanceof Meaning.KnownPlace spot
                        && (spot.role() == Role.IN || spot.role() == Role.NEAR));
  }

  /** Returns whether a place and the days there are all that is said of a trip. */
  private boolean isForDays(AnnotatedSentence annotatedSentence) {
    var text = annotatedSentence.sentence().plain();
    return place
        && !train
        && !hotel
        && !hasHours
        && annotatedSentence.marks().stream()
            .anyMatch(
                m ->
                    m.meaning() instanceof Day day
                        && day.last().isAfter(day.first().plusDays(1))
                        && FROM_DAY_TO_DAY.matcher(text.substring(m.start(), m.end())).matches());
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
        hotel |=
            count.unit() == Unit.NIGHTS || count.unit() == Unit.ROOMS || count.unit() == Unit.STARS;
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
    ticket |= word.topic() == Topic.CLASS || word.topic() == Topic.SEAT;
    train |=
        word.topic() == Topic.CLASS
            || word.topic() == Topic.SEAT
            || word.topic() == Topic.DIRECT
            || word.topic() == Topic.RETURN;
    hotel |= word.topic() == Topic.BREAKFAST;
    hotelWord |= isOnlyFor(word, MerchantKind.HOTEL);
    trainWord |= isOnlyFor(word, MerchantKind.TRAIN);
    shop |= word.topic() == Topic.BRAND || word.topic() == Topic.FEATURE;
    trip |= word.topic() == Topic.KIND && word.value().equals("trip") && !word.negated();
  }
}
