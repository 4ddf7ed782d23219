package org.actsandbox.agent.language.read;

/** Names the topics of the words in the lexicon. */
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
  /** A wish that no merchant here can be asked for; the value is its line in the list. */
  UNSUPPORTED
}
