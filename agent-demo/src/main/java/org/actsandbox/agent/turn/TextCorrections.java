package org.actsandbox.agent.turn;

import java.util.regex.Pattern;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.Remark;

/** Corrects in a message of its own what a model or an agent of others should not have said. */
final class TextCorrections {

  private static final Pattern PIN_REQUEST =
      Pattern.compile(
          "(?i)\\b(?:tell|give|send|share|what is|what's)\\b[^.?!]{0,30}\\b(?:pin|password)\\b"
              + "|\\b(?:enter|type|need|provide|reply)\\b[^.?!]{0,30}\\b(?:pin|password)\\b(?![^.?!]{0,20}\\bcashier)"
              + "|(?:告诉我|发给我|提供|输入|需要)[^。？！]{0,8}(?:支付)?(?:密码|口令)");
  private static final Pattern PAID_CLAIM =
      Pattern.compile(
          "(?i)\\bI(?:'ve| have)?(?: already)? (?:paid|approved the payment|completed the"
              + " payment)\\b|\\bpaid (?:it )?with your pin\\b|我已经?(?:替您|帮您|为您)?(?:付款|支付|付了|付好)");

  private TextCorrections() {}

  /**
   * Adds what the model may have left out or claimed wrongly: words that were not searched for, a
   * question for the PIN, and a payment that only the cashier makes.
   */
  static void correctModelText(Turn turn, String text) {
    var narrator = turn.narrator();
    var omittedWords =
        turn.permission().remarks().stream()
            .filter(Remark::isLoss)
            .map(Remark::words)
            .filter(words -> !text.contains(words))
            .toList();
    if (!omittedWords.isEmpty()) {
      narrator.message(
          "assistant",
          narrator.phrase(
              "untold", String.join(narrator.lang().equals("zh") ? "、" : ", ", omittedWords)));
    }
    warnOfPinRequest(narrator, text);
    if (!turn.isBuying() && PAID_CLAIM.matcher(text).find()) {
      narrator.message("assistant", narrator.phrase("claim.paid"));
    }
  }

  /** Warns when a text asks for the PIN, which belongs to the cashier alone (PSD-3). */
  static void warnOfPinRequest(ConversationNarrator narrator, String text) {
    if (PIN_REQUEST.matcher(text).find()) {
      narrator.message("assistant", narrator.phrase("claim.pin"));
    }
  }
}
