package org.actsandbox.agent.language.read;

import java.util.BitSet;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.text.SelectivePattern;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Finds what a principal says beside the wish: reasons, feelings, who a person is, what happened.
 * Words there are not named as not understood, and goods there are not bought. What is understood
 * there, such as an hour, a place or a wish that no merchant knows, counts as anywhere else.
 */
public final class Asides {

  private static final RuleFile RULES = RuleFile.of("asides.txt");

  private static final SelectivePattern REASON = RULES.anyOf("reason");
  private static final Pattern CLAUSE = RULES.any("clause");
  private static final SelectivePattern PHRASE = RULES.anyOf("phrase");

  /** A wish begins here, also within an aside: "because my son needs a lift". */
  private static final SelectivePattern CUT = RULES.anyOf("cut");

  private static final Pattern CLAUSE_END =
      Pattern.compile("[,;.!?，。；！？]|\\bplease\\b|\\band (?=(?:i|we|it|he|she|they|my|our)\\b)");

  private static final Pattern CONNECTOR =
      Pattern.compile(
          "(?: |\\b(?:today|tonight|lately|right now|and|but|so(?="
              + " (?:my|our|i|we)\\b)|well|oh|ah|yes|no|ok|okay|hey|hi|sorry|honestly|actually)\\b|而且|但是?|不过|嗨|哎|唉)*");

  private Asides() {}

  /** Returns whether a meaning stands beside the wish. */
  public static boolean contains(Sentence sentence, MeaningSpan span) {
    return in(sentence).nextClearBit(span.start()) >= span.end();
  }

  /** Returns the characters of a sentence that belong to asides, which are looked for once. */
  static BitSet in(Sentence sentence) {
    return sentence.asides(Asides::in);
  }

  private static BitSet in(String text) {
    var aside = new BitSet();
    int start = 0;
    var end = CLAUSE_END.matcher(text);
    while (start < text.length()) {
      int stop = end.find(start) ? end.start() : text.length();
      addClause(text, start, stop, aside);
      start = stop == text.length() ? stop : end.end();
    }
    var phrase = PHRASE.in(text);
    while (phrase.find()) {
      aside.set(phrase.start(), phrase.end());
    }
    return aside;
  }

  private static void addClause(String text, int start, int stop, BitSet aside) {
    var connector = CONNECTOR.matcher(text).region(start, stop);
    int first = connector.lookingAt() ? connector.end() : start;
    var clause = CLAUSE.matcher(text).region(first, stop).useTransparentBounds(true);
    var reason = REASON.in(text).region(first, stop);
    if (clause.lookingAt()) {
      addUntilWish(text, start, clause.end(), stop, aside);
    } else if (reason.find()) {
      addUntilWish(text, reason.start(), reason.end(), stop, aside);
    }
  }

  private static void addUntilWish(String text, int start, int inside, int stop, BitSet aside) {
    var cut = CUT.in(text).region(inside, stop).useTransparentBounds(true);
    aside.set(start, cut.find() ? cut.start() : stop);
  }
}
