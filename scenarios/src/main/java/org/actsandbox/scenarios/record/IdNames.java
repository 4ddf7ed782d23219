package org.actsandbox.scenarios.record;

/** Gives names to the ids in a text, so that a step can refer to them when the file is played. */
interface IdNames {
  void nameIdsIn(String text);
}
