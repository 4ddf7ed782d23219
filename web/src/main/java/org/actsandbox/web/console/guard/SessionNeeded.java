package org.actsandbox.web.console.guard;

/** Is thrown for a request to a page without a session; the browser then gets the login page. */
public final class SessionNeeded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SessionNeeded() {
    super("this page needs a session", null, false, false);
  }
}
