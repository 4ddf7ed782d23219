package org.actsandbox.sandbox.edge;

import org.springframework.http.server.PathContainer;

/** Whose key the control API wants. */
public enum ControlKey {
  NONE,
  /** The start token or the admin key, where others than this machine can reach the server. */
  ADMIN,
  OPERATOR,
  /** The start token or the admin key, everywhere: what is answered gives power over the world. */
  OWNER;

  private static final String LIST = "/api/worlds";
  private static final String WORLDS = LIST + "/";

  /**
   * @param path of a request, or its pattern
   */
  public static ControlKey of(String path) {
    if (path.startsWith(WORLDS) && path.length() > WORLDS.length()) {
      return isKeys(path) ? OWNER : OPERATOR;
    }
    return path.startsWith(LIST) ? ADMIN : NONE;
  }

  /** Compared as the router does it, which decodes names and drops their parameters. */
  private static boolean isKeys(String path) {
    var names =
        PathContainer.parsePath(path).elements().stream()
            .filter(PathContainer.PathSegment.class::isInstance)
            .map(name -> ((PathContainer.PathSegment) name).valueToMatch())
            .toList();
    return names.size() == 4 && names.getLast().equals("keys");
  }

  /** The world that a path is below, where it is below one. */
  static String world(String path) {
    return path.substring(WORLDS.length()).split("/", 2)[0];
  }
}
