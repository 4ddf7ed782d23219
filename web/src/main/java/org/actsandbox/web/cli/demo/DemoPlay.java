package org.actsandbox.web.cli.demo;

import tools.jackson.databind.node.ObjectNode;

/** Plays one level of payment in a terminal. */
public interface DemoPlay {

  /** Plays to the end and returns the exit code. */
  int run();

  /** Returns what happened, for the output of {@code --json}. */
  ObjectNode toJson();
}
