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
  BRAND
}
