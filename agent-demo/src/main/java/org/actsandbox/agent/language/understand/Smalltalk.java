package org.actsandbox.agent.language.understand;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Interpretation.Cancel;
import org.actsandbox.agent.language.Interpretation.OrderQuestion;
import org.actsandbox.agent.language.Interpretation.StatusQuestion;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.FlightReason;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.understand.draft.UnlistedProductReader;

/** Recognizes sentences that wish for nothing: greetings, thanks, "never mind", "how far is it". */
final class Smalltalk {

  private static final Set<Topic> OWN_TOPICS =
      EnumSet.of(Topic.KIND, Topic.PRODUCT, Topic.ROOM, Topic.TRAINTYPE);

  private Smalltalk() {}

  static Optional<Interpretation> answer(
      AnnotatedSentence annotated, Situation situation, Lang lang) {
    var text = annotated.text();
    if (situation.offers().isEmpty()
        && situation.asked().isEmpty()
        && Cues.KNOWN.fits("cancel all", text)) {
      return Optional.of(new OrderQuestion("order.refund", null, null, false, lang));
    }
    if (Cues.KNOWN.fits("cancel", text) || Cues.KNOWN.fits("cancel", ActReader.core(text))) {
      return Optional.of(new Cancel(lang));
    }
    if (Cues.KNOWN.fits("continue", text)) {
      return Optional.of(new Interpretation.Continue(lang));
    }
    return new ActReader(annotated, situation, lang)
        .read()
        .or(
            () ->
                Cues.KNOWN.fits("status", text)
                    ? Optional.of(new StatusQuestion(lang))
                    : Optional.empty())
        .or(
            () ->
                findForeign(annotated, situation)
                    .map(words -> QuestionText.answer("smalltalk.foreign", lang, words)));
  }

  /**
   * Returns whether the word only belongs to what is not sold: the ticket of a concert, and the
   * hotel that a taxi goes to.
   */
  private static boolean isAside(AnnotatedSentence annotated, MeaningSpan span) {
    var text = annotated.text();
    return Cues.KNOWN.fits("ticket of something else", span.in(text))
        || Cues.KNOWN.follows("something else", text, span.end())
        || Cues.KNOWN.precedes("something else", text, span.start());
  }

  /** Returns the words of a sentence that names nothing but what no merchant here has. */
  private static Optional<String> onlyUnsupported(AnnotatedSentence annotated) {
    var marks = annotated.marks();
    var sentence = annotated.sentence();
    boolean only =
        !marks.isEmpty()
            && marks.stream().allMatch(m -> m.isWord(Topic.UNSUPPORTED))
            && UnlistedProductReader.find(annotated).isEmpty()
            && UnreadWords.in(sentence, 0, sentence.plain().length()).isEmpty();
    return only
        ? Optional.of(marks.getFirst()).map(m -> ((Word) m.meaning()).words())
        : Optional.empty();
  }

  /** Finds goods that no platform here sells, when the sentence names nothing else. */
  private static Optional<String> findForeign(AnnotatedSentence annotated, Situation situation) {
    var onlyWish =
        situation.wishes().isEmpty() ? onlyUnsupported(annotated) : Optional.<String>empty();
    if (onlyWish.isPresent()) {
      return onlyWish;
    }
    if (FlightReason.isReason(annotated.text()) && annotated.has(Meaning.KnownPlace.class)) {
      return Optional.empty();
    }
    String foreign = null;
    for (var span : annotated.marks()) {
      if (span.meaning() instanceof Word word && !word.negated()) {
        if (word.is(Topic.KIND, "foreign")) {
          foreign =
              foreign == null || foreign.length() < word.words().length() ? word.words() : foreign;
        } else if (!isAside(annotated, span) && OWN_TOPICS.contains(word.topic())) {
          return Optional.empty();
        }
      }
    }
    return Optional.ofNullable(foreign);
  }
}
