package org.actsandbox.web.console.guard;

/** A page was asked for without a session; the visitor is told how to get in. */
public final class SessionNeeded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SessionNeeded() {
    super("this page needs a session", null, false, false);
  }
}
