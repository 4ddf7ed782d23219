package org.actsandbox.alipay.request;

/** Says what makes a request unreadable as a whole, before any look at the method. */
public enum WireMistake {
  /** No SDK sends a name twice; choosing one of them would be a guess (AIP-86). */
  REPEATED_PARAMETER,
  UNKNOWN_CHARSET,
  BROKEN_PERCENT_CODE,
  /** The bytes of a value are no text in the request's charset. */
  WRONG_CHARSET,
  TOO_MANY_PARAMETERS,
  BROKEN_MULTIPART
}
