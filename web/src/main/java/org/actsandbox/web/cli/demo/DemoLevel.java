package org.actsandbox.web.cli.demo;

/** Lists the levels of payment that the demo plays. */
public enum DemoLevel {
  /** The principal is present and confirms every payment. */
  L1,
  /**
   * The principal is absent: the agent watches for the target that was fixed in advance and buys
   * it.
   */
  L2,
  /** The principal is absent: the agent decides within a budget and pays several times. */
  L3;

  public DemoPlay on(DemoContext context) {
    return switch (this) {
      case L1 -> new DemoInstantPayment(context);
      case L2 -> new DemoDirectedPayment(context);
      case L3 -> new DemoAutonomousPayment(context);
    };
  }

  /** Tells whether the level has no reference scenario, so that the user must give a sentence. */
  public boolean needsSentence() {
    return this == L1;
  }
}
