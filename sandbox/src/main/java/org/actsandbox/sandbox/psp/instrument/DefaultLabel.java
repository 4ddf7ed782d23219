package org.actsandbox.sandbox.psp.instrument;

import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;

/**
 * Represents the label that the payment service itself gives and signs for an instrument or a
 * sub-account; pages translate it for their reader.
 *
 * @param detail the card's last digits, the agent's name; empty for the balance
 */
public record DefaultLabel(Kind kind, String detail) {

  /**
   * Lists what a default label can stand for; a sub-account only if its principal gave no label.
   */
  public enum Kind {
    BALANCE("Sandbox wallet balance", ""),
    CARD("Sandbox card •••• ", "[0-9]{4}"),
    SUB_ACCOUNT("Sub-account of ", "[a-z0-9.-]+");

    private final String words;
    private final Pattern detail;

    Kind(String words, String detail) {
      this.words = words;
      this.detail = Pattern.compile(detail);
    }
  }

  public static final DefaultLabel BALANCE = new DefaultLabel(Kind.BALANCE, "");

  public static DefaultLabel card(String lastDigits) {
    return new DefaultLabel(Kind.CARD, lastDigits);
  }

  public static DefaultLabel subAccount(Did agent) {
    return new DefaultLabel(Kind.SUB_ACCOUNT, agent.name());
  }

  /** Returns empty for a label that the payment service did not give. */
  public static Optional<DefaultLabel> of(String label) {
    for (var kind : Kind.values()) {
      if (label.startsWith(kind.words)) {
        var rest = label.substring(kind.words.length());
        if (kind.detail.matcher(rest).matches()) {
          return Optional.of(new DefaultLabel(kind, rest));
        }
      }
    }
    return Optional.empty();
  }

  public String text() {
    return kind.words + detail;
  }
}
