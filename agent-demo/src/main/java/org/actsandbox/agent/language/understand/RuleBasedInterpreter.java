package org.actsandbox.agent.language.understand;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.directive.DirectiveParser;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.commerce.MerchantKind;

/**
 * Interprets a principal's sentence against its situation with rules and word lists. It is
 * deterministic, needs no network and is safe for threads. What it does not understand becomes a
 * question, never a guess and never an exception.
 */
public final class RuleBasedInterpreter {

  public Interpretation interpret(String text, Situation situation) {
    if (text.length() > Sentence.MAX_CHARS) {
      return question(
          new Clarification("text", Reason.IMPOSSIBLE, null),
          situation,
          lang(Sentence.of(text.substring(0, Sentence.MAX_CHARS)), situation));
    }
    var suggested = suggestionMeant(text, situation);
    if (suggested.isPresent()) {
      return interpret(
          suggested.get(), situation.withSuggestions(Map.of()).withLang(lang(text, situation)));
    }
    var platforms = PlatformChoiceReader.read(text, situation);
    if (platforms.isPresent() && isAboutNow(text, situation)) {
      return interpret(text, platforms.get(), situation);
    }
    return interpretWishes(text, situation);
  }

  /** Returns the sentence that a "yes" to "did you mean ...?" stands for; empty for other words. */
  private static Optional<String> suggestionMeant(String text, Situation situation) {
    var plain = text.strip().toLowerCase(Locale.ROOT).replace('’', '\'');
    return situation.suggested().isEmpty() || !Cues.KNOWN.fits("meant that", plain)
        ? Optional.empty()
        : Optional.of(
            new TreeMap<>(situation.suggested())
                .entrySet().stream()
                    .map(each -> preposition(each.getKey()) + each.getValue())
                    .collect(Collectors.joining(" ")));
  }

  private static String preposition(String field) {
    return field.equals("from") || field.equals("to") ? field + " " : "in ";
  }

  /** A later purchase asks for an authority, which holds no choice of platforms. */
  private static boolean isAboutNow(String text, Situation situation) {
    var today = situation.today();
    return situation.directive() == null
        && DirectiveParser.of(AnnotatedSentence.of(text, today, false), today).isEmpty();
  }

  /**
   * Interprets a sentence that names platforms: as a choice among the offers shown if it is one, or
   * else without these words. What is left may be nothing, and then the wishes stay as they are.
   */
  private Interpretation interpret(
      String text, PlatformChoiceReader.Reading platforms, Situation situation) {
    var known = situation.withPlatforms(List.of(), null).withLang(lang(text, situation));
    if (!platforms.strict()
        && interpretWishes(text, known) instanceof Interpretation.Choice choice) {
      return choice;
    }
    var rest = interpretWishes(platforms.rest(), known);
    boolean isNothingElse =
        rest instanceof Interpretation.Question open
            && open.gaps().stream().allMatch(gap -> gap.field().equals("wish"));
    return isNothingElse && situation.canSearch()
        ? new Interpretation.Wishes(situation.wishes(), situation.budget(), true, rest.lang())
        : rest;
  }

  private Interpretation interpretWishes(String text, Situation situation) {
    boolean continuing = !situation.wishes().isEmpty();
    var spelled =
        SpellingCorrection.of(
            SpokenHours.inFull(
                withGoods(withTrainNumber(withClassNoun(text, situation), situation), situation),
                situation));
    var today = situation.today();
    var said = AnnotatedSentence.of(spelled.text(), today, continuing);
    var annotated = lastDay(situation).map(earlier -> said.after(earlier, today)).orElse(said);
    var lang = lang(annotated.sentence(), situation);
    if (annotated.text().chars().noneMatch(Character::isLetterOrDigit)) {
      return question(new Clarification("wish", Reason.MISSING, null), situation, lang);
    }
    var interpretation =
        Smalltalk.answer(annotated, situation, lang)
            .or(() -> new DirectiveInterpreter(annotated, situation, lang).interpret())
            .or(() -> OfferChoiceReader.choice(annotated, situation, lang))
            .orElseGet(() -> new WishInterpreter(annotated, situation, lang).interpret());
    return interpretation instanceof Interpretation.Wishes wishes && !spelled.changed().isEmpty()
        ? withSpellingRemarks(wishes, spelled)
        : interpretation;
  }

  private static String withClassNoun(String text, Situation situation) {
    boolean hasClass =
        situation.wishes(TrainWish.class).anyMatch(train -> train.seatClass() != null);
    return hasClass
        ? Cues.KNOWN.anywhere("class without its noun", text).replaceAll("$1$2 class")
        : text;
  }

  private static final Pattern TRAIN_NO = Pattern.compile("\\b[GDKCZT]\\d{1,4}\\b");

  /** Names the train by its number, because another class is searched anew. */
  private static String withTrainNumber(String text, Situation situation) {
    var place = Cues.KNOWN.anywhere("train in another class", text);
    if (!place.find()
        || situation.offers().stream().anyMatch(offer -> offer.kind() != MerchantKind.TRAIN)) {
      return text;
    }
    int position = Numerals.whole(place.group(1)).orElse(0);
    return situation.offers().stream()
        .filter(offer -> offer.position() == position)
        .flatMap(offer -> TRAIN_NO.matcher(offer.title()).results().limit(1))
        .findFirst()
        .map(number -> place.replaceFirst(number.group() + " "))
        .orElse(text);
  }

  /** Names the goods of which one more piece is wished that differs: 加一双41码的. */
  private static String withGoods(String text, Situation situation) {
    var piece = Cues.KNOWN.whole("other piece", text);
    return situation.wishes().size() == 1
            && situation.wishes().getFirst() instanceof ShopWish goods
            && goods.terms() != null
            && piece.matches()
        ? "再买" + piece.group(1) + piece.group(2) + "的" + goods.terms()
        : text;
  }

  /** Returns the last day of the journeys and stays that are wished. */
  private static Optional<LocalDate> lastDay(Situation situation) {

    return situation.wishes().stream().flatMap(Wish::firstDay).max(LocalDate::compareTo);
  }

  private static Interpretation withSpellingRemarks(
      Interpretation.Wishes said, SpellingCorrection spelled) {
    var remarks = new ArrayList<>(said.remarks());
    spelled
        .changed()
        .forEach(
            (wrong, right) ->
                remarks.add(
                    new Remark(
                        Remark.Type.ASSUMED,
                        QuestionText.text("assumed.spelling", said.lang(), wrong, right))));
    return new Interpretation.Wishes(
        said.wishes(), said.budget(), said.refined(), said.lang(), remarks);
  }

  /** Returns the language to answer {@code text} in: the forced one, or else the sentence's own. */
  public Lang lang(String text, Situation situation) {
    int read = Math.min(text.length(), Sentence.MAX_CHARS);
    return lang(Sentence.of(text.substring(0, read)), situation);
  }

  private static Lang lang(Sentence sentence, Situation situation) {
    if (situation.lang() != null) {
      return situation.lang();
    }
    if (sentence.isWordless()) {
      return situation.profile().lang() == null ? Lang.EN : situation.profile().lang();
    }
    return sentence.isChinese() ? Lang.ZH : Lang.EN;
  }

  private static Interpretation question(
      Clarification clarification, Situation situation, Lang lang) {
    return QuestionText.ask(List.of(clarification), situation, lang);
  }
}
