package org.actsandbox.web.cli;

/** What a command's exit code says; scripts rely on these. */
final class ExitCodes {

  static final int OK = 0;

  /** The purchase could not be carried through, or the server gave no answer. */
  static final int FAILED = 1;

  /** Wrong arguments, port taken, data folder not writable, database broken. */
  static final int USAGE = 2;

  static final int NOTHING_SUITABLE = 3;
  static final int DECLINED = 4;
  static final int NEEDS_CLARIFICATION = 5;

  /** Evidence that does not hold. */
  static final int NOT_VERIFIED = 6;

  /** The server ended by itself: its database file could not be written. See docs/adr/0019. */
  static final int STORE_BROKEN = 7;

  private ExitCodes() {}
}
