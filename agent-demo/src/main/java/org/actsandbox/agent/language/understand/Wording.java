package org.actsandbox.agent.language.understand;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Gap;
import org.actsandbox.agent.language.Gap.Reason;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.place.Gazetteer;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.protocol.commerce.Texts;

/** The words of questions, from the message bundles beside this class. */
final class Wording {

  /** A question of more than three parts is answered by nobody. */
  private static final int MAX_PARTS = 3;

  private static final String BUNDLE = "org.actsandbox.agent.language.understand.questions";

  private Wording() {}

  static String text(String key, Lang lang, Object... arguments) {
    return new MessageFormat(Texts.words(BUNDLE, lang.code()).getString(key), lang.locale())
        .format(arguments);
  }

  static String question(List<Gap> gaps, Lang lang) {
    return gaps.stream()
        .limit(MAX_PARTS)
        .map(gap -> part(gap, lang))
        .distinct()
        .collect(Collectors.joining(lang == Lang.ZH ? "" : " "));
  }

  /** Places by their names in the language of the question; the principal's own words as said. */
  private static String named(String about, Lang lang) {
    return Stream.of(about.split(" / ", -1))
        .map(
            each ->
                Gazetteer.china()
                    .byWire(each)
                    .map(place -> place.name().in(lang.code()))
                    .orElse(each))
        .collect(Collectors.joining(" / "));
  }

  private static String part(Gap gap, Lang lang) {
    var about = gap.about() == null ? "" : named(gap.about(), lang);
    if (gap.reason() == Reason.UNKNOWN) {
      var meant = gap.suggestion();
      var similar = meant == null ? Optional.<Place>empty() : Gazetteer.china().byWire(meant);
      if (similar.isPresent()) {
        return text("unknown.similar", lang, about, similar.get().name().in(lang.code()));
      }
    }
    var exact = gap.field() + "." + gap.reason().name().toLowerCase(Locale.ROOT);
    try {
      return text(exact, lang, about);
    } catch (MissingResourceException noSpecialWords) {
      return text("any." + gap.reason().name().toLowerCase(Locale.ROOT), lang, about);
    }
  }
}
