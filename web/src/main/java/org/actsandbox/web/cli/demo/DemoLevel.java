package org.actsandbox.web.cli.demo;

/** The levels of payment the demo plays. */
public enum DemoLevel {
  /** The principal is there and confirms every payment. */
  L1,
  /** The principal is away: the agent watches and buys what was fixed in advance. */
  L2,
  /** The principal is away: the agent decides inside a budget, and pays several times. */
  L3;

  public DemoPlay on(DemoContext stage) {
    return switch (this) {
      case L1 -> new DemoInstantPayment(stage);
      case L2 -> new DemoDirectedPayment(stage);
      case L3 -> new DemoAutonomousPayment(stage);
    };
  }

  /** Whether there is no reference scenario to play without a sentence. */
  public boolean needsSentence() {
    return this == L1;
  }
}
