package org.actsandbox.web.cli.server;

/** Lists the exit codes of the commands, which users' scripts rely on. */
public final class ExitCodes {

  public static final int OK = 0;

  /** The purchase could not be completed, or the server gave no answer. */
  public static final int FAILED = 1;

  /**
   * The arguments are wrong, the port is taken, the data folder is not writable, or the database is
   * broken.
   */
  public static final int USAGE = 2;

  public static final int NOTHING_SUITABLE = 3;
  public static final int DECLINED = 4;
  public static final int NEEDS_CLARIFICATION = 5;

  /** The evidence does not verify. */
  public static final int NOT_VERIFIED = 6;

  /** The server ended by itself because its database file could not be written (docs/adr/0019). */
  static final int STORE_BROKEN = 7;

  private ExitCodes() {}
}
