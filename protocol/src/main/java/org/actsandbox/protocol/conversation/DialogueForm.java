package org.actsandbox.protocol.conversation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists the forms in which an agent of others is told what its principal says. */
public enum DialogueForm {
  /** Plain JSON: {@code conversation}, {@code text} and what belongs to it. */
  JSON,
  /** The method {@code message/send} of A2A 0.3. */
  A2A;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** Returns {@code json} or {@code a2a}. */
  public String code() {
    return code;
  }

  public static Optional<DialogueForm> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }
}
