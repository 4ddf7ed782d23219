package org.actsandbox.agent.language.understand;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Interpretation.Cancel;
import org.actsandbox.agent.language.Interpretation.OrderQuestion;
import org.actsandbox.agent.language.Interpretation.OutOfScope;
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

  private static final Pattern CANCEL =
      Pattern.compile(
          "(?:(?:please|no|ok|okay|actually|sorry|hmm|oh|well|never ?mind|forget it|stop|i(?:'ve| have)? changed my mind)[,.!;]* *)*(?:cancel(?: (?:it|that|this|everything|all|all of it|them|the (?:search|request|trip)))?"
              + "|never ?mind|forget (?:it|about it|that)|stop(?: it)?|(?:stop|quit) (?:watching|looking|searching|trying|checking)(?: (?:for|at|out for))?(?: (?:it|them|that|prices?|(?:the|my|a|an) [a-z ]{2,30}|[a-z]{3,16}))?|abort|leave it|drop it|i(?:'ve| have)? changed my mind|i don't (?:want|need) (?:it|any of (?:it|them|this)|anything)(?: anymore| any more| now)?|no thanks?(?: you)?|quit|not now|maybe later|another time)(?:,? (?:please|thanks?(?: you)?|then))?[.! ]*"
              + "|(?:(?:那|还是|好吧|唉|那就|我|谢谢(?:你|您|啊|啦|了)*|多谢|好的?|没事)[，,。 ]?)*(?:(?:取消(?:吧|了|全部|这次|掉|它)?|算了(?:吧|不[去买订要]了?)?|不要了|不买了|不订了|不去了|都不要了?|别(?:买|订|找)了|(?:请)?(?:别|不用|不要)再?(?:盯|看|查|监控|关注|等|抢)(?:着)?(?:票价|价格|价|票|这个|它)*了?|停(?:止|下)?(?:吧|来)?|改(?:天|日)再说|(?:我)?改主意了|不用了(?:谢谢)?|不需要了|放弃|下次(?:吧|再说)?)[。！!,， ]*)+(?:谢谢|吧|了)?[。！! ]*");

  /** Stops what is open; when nothing is, it is about the orders. */
  private static final Pattern CANCEL_ALL =
      Pattern.compile(
          "(?:(?:please|ok|okay|now)[, ]*)*(?:can you |could you )?cancel (?:everything|all(?: of (?:it|them|this))?|them all|it all)(?: i (?:have |'ve )?(?:ordered|booked|bought))?(?: please)?[.!? ]*"
              + "|(?:请|帮我|把|给我)*(?:全都?|都|统统|所有的?)(?:给我|帮我)?(?:取消|退)(?:了|掉)?(?:吧)?[。！ ]*|(?:请|帮我)?(?:取消|退掉?)(?:全部|所有的?|全都)[。！ ]*");

  private static final Pattern CONTINUE =
      Pattern.compile(
          "(?:please |ok,? |yes,? )*(?:go on|continue|carry on|resume|go ahead and continue)(?: please)?[.!]*"
              + "|(?:请|好的?，?)?(?:继续|接着来|恢复)(?:吧|盯|抢|买)?[。！!]*");
  private static final Pattern STATUS =
      Pattern.compile(
          ".*(?:\\b(?:status|track(?:ing)?)\\b.*|\\bdid (?:it|that|(?:the|my) (?:payment|order|booking)) (?:go through|work|succeed)\\b.*"
              + "|\\b(?:is|was|has) (?:it|my (?:order|ticket|payment)|the (?:order|payment|ticket)) (?:been )?(?:paid|booked|confirmed|done|through)\\b.*|\\bhow far\\b.*(?:order|purchase|payment).*"
              + "|(?:订单|付款|支付|出票|购买)(?:的)?(?:状态|进度|成功|情况|怎么样|好了|完成)|(?:付款|支付|出票)了(?:吗|没)|买好了(?:吗|没)|订好了(?:吗|没)|到哪(?:了|一步)|进展).*");

  private static final Set<Topic> OWN_TOPICS =
      EnumSet.of(Topic.KIND, Topic.PRODUCT, Topic.ROOM, Topic.TRAINTYPE);

  private static final Pattern ASIDE_WORDS = Pattern.compile("tickets?|票|门票");

  private static final Pattern ASIDE_BEFORE =
      Pattern.compile("(?:\\b(?:to|from|at|near|outside|for|on) (?:the|my|our) |[到去从])$");

  /** 给我去北京的行程买个保险 wishes for what stands behind. */
  private static final Pattern ASIDE_AFTER =
      Pattern.compile("(?:上|再|给)?(?:买|办|投|上|配)(?:个|份|一份|一个|点)");

  private Smalltalk() {}

  static Optional<Interpretation> answer(
      AnnotatedSentence annotatedSentence, Situation situation, Lang lang) {
    var text = annotatedSentence.sentence().plain();
    if (situation.offers().isEmpty()
        && situation.asked().isEmpty()
        && CANCEL_ALL.matcher(text).matches()) {
      return Optional.of(new OrderQuestion("order.refund", null, null, false, lang));
    }
    if (CANCEL.matcher(text).matches() || CANCEL.matcher(ActReader.core(text)).matches()) {
      return Optional.of(new Cancel(lang));
    }
    if (CONTINUE.matcher(text).matches()) {
      return Optional.of(new Interpretation.Continue(lang));
    }
    return ActReader.read(annotatedSentence, situation, lang)
        .or(
            () ->
                STATUS.matcher(text).matches()
                    ? Optional.of(new StatusQuestion(lang))
                    : Optional.empty())
        .or(
            () ->
                findForeign(annotatedSentence, situation)
                    .map(
                        words ->
                            new OutOfScope(
                                QuestionText.text("smalltalk.foreign", lang, words), lang)));
  }

  /**
   * Returns whether the word only belongs to what is not sold: the ticket of a concert, and the
   * hotel that a taxi goes to.
   */
  private static boolean isAside(AnnotatedSentence annotatedSentence, MeaningSpan span) {
    var text = annotatedSentence.sentence().plain();
    return ASIDE_WORDS.matcher(text.substring(span.start(), span.end())).matches()
        || ASIDE_AFTER.matcher(text.substring(span.end())).lookingAt()
        || ASIDE_BEFORE.matcher(text.substring(0, span.start())).find();
  }

  /** Returns the words of a sentence that names nothing but what no merchant here has. */
  private static Optional<String> onlyUnsupported(AnnotatedSentence annotatedSentence) {
    var marks = annotatedSentence.marks();
    var sentence = annotatedSentence.sentence();
    boolean only =
        !marks.isEmpty()
            && UnlistedProductReader.find(annotatedSentence).isEmpty()
            && UnreadWords.in(sentence, 0, sentence.plain().length()).isEmpty()
            && marks.stream()
                .allMatch(m -> m.meaning() instanceof Word w && w.topic() == Topic.UNSUPPORTED);
    return only
        ? Optional.of(marks.getFirst()).map(m -> ((Word) m.meaning()).words())
        : Optional.empty();
  }

  /** Finds goods that no platform here sells, when the sentence names nothing else. */
  private static Optional<String> findForeign(
      AnnotatedSentence annotatedSentence, Situation situation) {
    var onlyWish =
        situation.wishes().isEmpty()
            ? onlyUnsupported(annotatedSentence)
            : Optional.<String>empty();
    if (onlyWish.isPresent()) {
      return onlyWish;
    }
    if (FlightReason.isReason(annotatedSentence.sentence().plain())
        && annotatedSentence.marks().stream()
            .anyMatch(m -> m.meaning() instanceof Meaning.KnownPlace)) {
      return Optional.empty();
    }
    String foreign = null;
    for (var meaningSpan : annotatedSentence.marks()) {
      if (meaningSpan.meaning() instanceof Word word && !word.negated()) {
        if (word.topic() == Topic.KIND && word.value().equals("foreign")) {
          foreign =
              foreign == null || foreign.length() < word.words().length() ? word.words() : foreign;
        } else if (!isAside(annotatedSentence, meaningSpan) && OWN_TOPICS.contains(word.topic())) {
          return Optional.empty();
        }
      }
    }
    return Optional.ofNullable(foreign);
  }
}
