package org.actsandbox.agent.language.understand;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.protocol.commerce.LocalizedMessages;

/** Words the interpreter's questions from the message bundles beside this class. */
final class QuestionText {

  /** A question has at most this many parts, because principals do not answer longer ones. */
  private static final int MAX_PARTS = 3;

  private static final String BUNDLE = "org.actsandbox.agent.language.understand.questions";

  private QuestionText() {}

  static String text(String key, Lang lang, Object... arguments) {
    return new MessageFormat(
            LocalizedMessages.bundle(BUNDLE, lang.code()).getString(key), lang.locale())
        .format(arguments);
  }

  /** Returns the answer to a sentence that contains no wish. */
  static Interpretation.OutOfScope answer(String key, Lang lang, Object... arguments) {
    return new Interpretation.OutOfScope(text(key, lang, arguments), lang);
  }

  /** Returns a question that leaves the wishes as they are. */
  static Interpretation.Question ask(
      List<Clarification> clarifications, Situation situation, Lang lang) {
    return new Interpretation.Question(
        clarifications,
        question(clarifications, lang),
        situation.wishes(),
        situation.budget(),
        lang,
        null);
  }

  /** The fields of a trip that one answer settles when the same words left them open. */
  private static final Set<String> DAYS = Set.of("date", "check_in");

  static String question(List<Clarification> clarifications, Lang lang) {
    return clarifications.stream()
        .filter(each -> !isAskedBefore(each, clarifications))
        .limit(MAX_PARTS)
        .map(clarification -> part(clarification, lang))
        .distinct()
        .collect(Collectors.joining(lang == Lang.ZH ? "" : " "));
  }

  /** Tells whether the day of a journey is asked for by the same words as the day of a stay. */
  private static boolean isAskedBefore(
      Clarification clarification, List<Clarification> clarifications) {
    return DAYS.contains(clarification.field())
        && clarification.about() != null
        && clarifications.stream()
            .takeWhile(before -> !before.equals(clarification))
            .anyMatch(
                before ->
                    DAYS.contains(before.field())
                        && before.reason() == clarification.reason()
                        && clarification.about().equals(before.about()));
  }

  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private static final Set<String> SEATS = Set.of("window", "aisle", "middle");

  /**
   * Names places and seats in the language of the question; the principal's own words stay as they
   * are.
   */
  static String localNames(String about, Lang lang) {
    return Stream.of(about.split(" / ", -1))
        .map(
            each ->
                SEATS.contains(each)
                    ? text("seat." + each, lang)
                    : ISO_DATE.matcher(each).matches()
                        ? day(LocalDate.parse(each), lang)
                        : PlaceNames.china()
                            .findByWireName(each)
                            .map(place -> place.name().in(lang.code()))
                            .orElse(each))
        .collect(Collectors.joining(lang == Lang.ZH ? " / " : " or "));
  }

  /** Writes a day as people of the language do. */
  private static String day(LocalDate day, Lang lang) {
    var pattern = lang == Lang.ZH ? "M月d日（E）" : "EEEE, MMMM d";
    return DateTimeFormatter.ofPattern(pattern, lang.locale()).format(day);
  }

  private static String part(Clarification clarification, Lang lang) {
    var about = clarification.about() == null ? "" : localNames(clarification.about(), lang);
    if (clarification.reason() == Reason.UNKNOWN) {
      var suggestion = clarification.suggestion();
      var similar =
          suggestion == null
              ? Optional.<Place>empty()
              : PlaceNames.china().findByWireName(suggestion);
      if (similar.isPresent()) {
        return text("unknown.similar", lang, about, similar.get().name().in(lang.code()));
      }
    }
    var exact =
        clarification.field() + "." + clarification.reason().name().toLowerCase(Locale.ROOT);
    var special = exact + ".of";
    if (LocalizedMessages.bundle(BUNDLE, lang.code()).containsKey(special + "." + about)) {
      return text(special + "." + about, lang);
    }
    if (!about.isEmpty() && LocalizedMessages.bundle(BUNDLE, lang.code()).containsKey(special)) {
      return text(special, lang, about);
    }
    try {
      return text(exact, lang, about);
    } catch (MissingResourceException noSpecialWords) {
      return text("any." + clarification.reason().name().toLowerCase(Locale.ROOT), lang, about);
    }
  }
}
