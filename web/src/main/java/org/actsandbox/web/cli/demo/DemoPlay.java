package org.actsandbox.web.cli.demo;

import tools.jackson.databind.node.ObjectNode;

/** One level of payment, played in a terminal. */
public interface DemoPlay {

  /** Plays to the end and returns the exit code. */
  int run();

  /** What happened, for {@code --json}. */
  ObjectNode toJson();
}
