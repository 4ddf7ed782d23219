package org.actsandbox.scenarios.load;

/**
 * Says that a purchase of the load run ended early; such purchases are counted by step and status.
 */
final class LoadPurchaseFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String kind;

  LoadPurchaseFailed(String step, int status, String answer) {
    super(
        "%s: %d %s"
            .formatted(step, status, answer.length() <= 400 ? answer : answer.substring(0, 400)));
    this.kind = step + " " + status;
  }

  /** Returns step and status, by which failures are counted. */
  String kind() {
    return kind;
  }
}
