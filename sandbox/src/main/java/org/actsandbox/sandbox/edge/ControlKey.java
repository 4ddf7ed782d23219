package org.actsandbox.sandbox.edge;

/** Whose key the control API wants. */
public enum ControlKey {
  NONE,
  /** Where others than this machine can reach the server. */
  ADMIN,
  OPERATOR;

  private static final String LIST = "/api/worlds";
  private static final String WORLDS = LIST + "/";

  /**
   * @param path of a request, or its pattern
   */
  public static ControlKey of(String path) {
    if (path.startsWith(WORLDS) && path.length() > WORLDS.length()) {
      return OPERATOR;
    }
    return path.startsWith(LIST) ? ADMIN : NONE;
  }

  /** The world that a path is below, where it wants the operator. */
  static String world(String path) {
    return path.substring(WORLDS.length()).split("/", 2)[0];
  }
}
