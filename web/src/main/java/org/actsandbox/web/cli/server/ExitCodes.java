package org.actsandbox.web.cli.server;

/** What a command's exit code says; scripts rely on these. */
public final class ExitCodes {

  public static final int OK = 0;

  /** The purchase could not be carried through, or the server gave no answer. */
  public static final int FAILED = 1;

  /** Wrong arguments, port taken, data folder not writable, database broken. */
  public static final int USAGE = 2;

  public static final int NOTHING_SUITABLE = 3;
  public static final int DECLINED = 4;
  public static final int NEEDS_CLARIFICATION = 5;

  /** Evidence that does not hold. */
  public static final int NOT_VERIFIED = 6;

  /** The server ended by itself: its database file could not be written. See docs/adr/0019. */
  static final int STORE_BROKEN = 7;

  private ExitCodes() {}
}
