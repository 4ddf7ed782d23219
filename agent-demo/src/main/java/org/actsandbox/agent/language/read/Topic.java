package org.actsandbox.agent.language.read;

/** What the words of the lexicon are about. */
public enum Topic {
  KIND,
  CLASS,
  SEAT,
  TRAINTYPE,
  SORT,
  BREAKFAST,
  CANCEL,
  RETURN,
  PLACE,
  DIRECT,
  PRODUCT,
  FEATURE,
  BRAND,
  ROOM,
  /** What no merchant here can be asked for; the value is its line in the list. */
  UNSUPPORTED
}
