package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.language.Gap;
import org.actsandbox.agent.language.Gap.Reason;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Understanding;
import org.actsandbox.agent.language.read.Reading;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Understands a principal's sentence against its situation. Deterministic, without any network, and
 * safe for threads; whatever is not understood becomes a question, never a guess and never an
 * exception.
 */
public final class Interpreter {

  public Understanding understand(String text, Situation situation) {
    if (text.length() > Sentence.MAX_CHARS) {
      return question(
          new Gap("text", Reason.IMPOSSIBLE, null),
          situation,
          lang(Sentence.of(text.substring(0, Sentence.MAX_CHARS)), situation));
    }
    var suggested = Suggestions.meant(text, situation);
    if (suggested.isPresent()) {
      return understand(
          suggested.get(), situation.suggesting(Map.of()).withLang(lang(text, situation)));
    }
    boolean continuing = !situation.wishes().isEmpty();
    var spelled = SpellingCorrection.of(text);
    var reading = Reading.of(spelled.text(), situation.now().toLocalDate(), continuing);
    var lang = lang(reading.sentence(), situation);
    if (reading.sentence().plain().chars().noneMatch(Character::isLetterOrDigit)) {
      return question(new Gap("wish", Reason.MISSING, null), situation, lang);
    }
    var meant =
        Smalltalk.answer(reading, situation, lang)
            .or(() -> new Directing(reading, situation, lang).understand())
            .or(() -> Choices.choice(reading, situation, lang))
            .orElseGet(() -> new Wishing(reading, situation, lang).understand());
    return meant instanceof Understanding.Wishes wishes && !spelled.changed().isEmpty()
        ? spelled(wishes, spelled)
        : meant;
  }

  private static Understanding spelled(Understanding.Wishes said, SpellingCorrection spelled) {
    var remarks = new ArrayList<>(said.remarks());
    spelled
        .changed()
        .forEach(
            (wrong, right) ->
                remarks.add(
                    new Remark(
                        Remark.Type.ASSUMED,
                        Wording.text("assumed.spelling", said.lang(), wrong, right))));
    return new Understanding.Wishes(
        said.wishes(), said.budget(), said.refined(), said.lang(), remarks);
  }

  /** The language to answer {@code text} in: the forced one, else the sentence's own. */
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

  private static Understanding question(Gap gap, Situation situation, Lang lang) {
    var gaps = List.of(gap);
    return new Understanding.Question(
        gaps, Wording.question(gaps, lang), situation.wishes(), situation.budget(), lang);
  }
}
