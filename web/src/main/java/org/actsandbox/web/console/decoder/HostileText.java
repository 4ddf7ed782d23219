package org.actsandbox.web.console.decoder;

import java.util.regex.Pattern;

/**
 * Recognizes text that gives an agent orders instead of describing goods. It reads what a message
 * says and knows no list of hostile participants.
 *
 * <p>Ours: phrases that address software or its rules; a merchant that sells describes, and does
 * not speak to assistants. It marks text for a reader and decides nothing.
 */
public final class HostileText {

  private static final Pattern ORDERS =
      Pattern.compile(
          "\\bSYSTEM\\s*:"
              + "|\\b(?i:ignore|disregard|forget)\\b[^.!?]{0,30}\\b(?i:instructions?|rules|budget)\\b"
              + "|\\b(?i:AI agents?|assistants?|agents?)\\b[^.!?]{0,20}\\b(?i:must|shall|should)\\b"
              + "|\\b(?i:notes? to)\\b[^.!?]{0,20}\\b(?i:assistants?|agents?)\\b"
              + "|\\b(?i:do not mention|do not tell|without comparing)\\b"
              + "|(?:系统|系统消息|系统提示)\\s*[：:]"
              + "|(?:忽略|无视)[^。！？]{0,12}(?:指令|指示|规则|预算)"
              + "|致[^。！？]{0,6}(?:助手|智能体)"
              + "|(?:助手|智能体)[^。！？]{0,4}(?:须|必须|应当)"
              + "|不要(?:提及|告诉|比价)");

  private HostileText() {}

  public static boolean isIn(String text) {
    return ORDERS.matcher(text).find();
  }
}
