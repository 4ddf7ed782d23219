package org.actsandbox.agent.language.understand;

import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.Interpretation.Cancel;
import org.actsandbox.agent.language.Interpretation.OutOfScope;
import org.actsandbox.agent.language.Interpretation.StatusQuestion;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;

/** Sentences that wish for nothing: greetings, thanks, "never mind", "how far is it". */
final class Smalltalk {

  private static final Pattern CANCEL =
      Pattern.compile(
          "(?:please |no,? |ok,? |actually,? |sorry,? )*(?:cancel(?: (?:it|that|this|everything|all|all of it|them|the (?:search|order|booking|request|trip)|my (?:order|booking)))?"
              + "|never ?mind|forget (?:it|about it|that)|stop(?: it)?|abort|leave it|drop it|i changed my mind|i don't want (?:it|any of (?:it|them|this)|anything)(?: anymore)?|no thanks?(?: you)?|quit)(?: please)?[.!]*"
              + "|(?:那)?(?:取消(?:吧|了|订单|预订|全部|这次|掉|它)?|算了吧?|不要了|不买了|不订了|都不要了?|别(?:买|订|找)了|停(?:止|下)?|我改主意了|不用了(?:谢谢)?|不需要了|放弃)[。！!,，谢]*");
  private static final Pattern GO_ON =
      Pattern.compile(
          "(?:please |ok,? |yes,? )*(?:go on|continue|carry on|resume|go ahead and continue)(?: please)?[.!]*"
              + "|(?:请|好的?，?)?(?:继续|接着来|恢复)(?:吧|盯|抢|买)?[。！!]*");
  private static final Pattern STATUS =
      Pattern.compile(
          ".*(?:\\b(?:status|track(?:ing)?)\\b.*|\\bwhere(?:'s| is) my (?:order|ticket|package|parcel|booking)\\b.*|\\bdid (?:it|the payment|my payment|that) (?:go through|work|succeed)\\b.*"
              + "|\\b(?:is|was|has) (?:it|my (?:order|ticket|payment)|the (?:order|payment|ticket)) (?:been )?(?:paid|booked|confirmed|done|through)\\b.*|\\bhow far\\b.*(?:order|purchase|payment).*"
              + "|(?:订单|付款|支付|出票|购买)(?:的)?(?:状态|进度|成功|情况|怎么样|好了|完成)|(?:付款|支付|出票)了(?:吗|没)|买好了(?:吗|没)|订好了(?:吗|没)|到哪(?:了|一步)|进展).*");
  private static final Pattern GREETING =
      Pattern.compile(
          "(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|yo|howdy|thanks?(?: you)?(?: very much| so much| a lot)?|cheers|bye|goodbye|how are you|who are you|what can you do|what do you do|help|help me"
              + "|你好|您好|嗨|哈喽|在吗|在不在|早上好|下午好|晚上好|谢谢你?|多谢|感谢|再见|拜拜|你是谁|你能做什么|你会什么|你可以做什么|帮助|帮帮我)(?: there| again| everyone|呀|啊|哦)?[ .,!?。！？~，]*");

  private Smalltalk() {}

  static Optional<Interpretation> answer(AnnotatedSentence annotatedSentence, Situation situation, Lang lang) {
    var text = annotatedSentence.sentence().plain();
    if (CANCEL.matcher(text).matches()) {
      return Optional.of(new Cancel(lang));
    }
    if (GO_ON.matcher(text).matches()) {
      return Optional.of(new Interpretation.Continue(lang));
    }
    if (STATUS.matcher(text).matches()) {
      return Optional.of(new StatusQuestion(lang));
    }
    if (GREETING.matcher(text).matches()) {
      return Optional.of(new OutOfScope(QuestionText.text("smalltalk.greeting", lang), lang));
    }
    return isForeign(annotatedSentence)
        ? Optional.of(new OutOfScope(QuestionText.text("smalltalk.foreign", lang), lang))
        : Optional.empty();
  }

  /** Something is named that no platform here sells, and nothing that one does. */
  private static boolean isForeign(AnnotatedSentence annotatedSentence) {
    boolean foreign = false;
    for (var meaningSpan : annotatedSentence.marks()) {
      if (meaningSpan.meaning() instanceof Word word && !word.negated()) {
        if (word.topic() == Topic.KIND && word.value().equals("foreign")) {
          foreign = true;
        } else if (word.topic() == Topic.KIND
            || word.topic() == Topic.PRODUCT
            || word.topic() == Topic.TRAINTYPE) {
          return false;
        }
      }
    }
    return foreign;
  }
}
