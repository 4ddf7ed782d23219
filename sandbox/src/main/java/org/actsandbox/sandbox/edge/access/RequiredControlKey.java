package org.actsandbox.sandbox.edge.access;

import org.springframework.http.server.PathContainer;

/** Lists the keys that a path of the control API may require. */
public enum RequiredControlKey {
  NONE,
  /** The start token or the admin key, unless the server is bound to loopback. */
  ADMIN,
  OPERATOR,
  /** The start token or the admin key, on loopback too: the answer gives power over the world. */
  OWNER;

  private static final String ROOT = "/api";
  private static final String LIST = ROOT + "/worlds";
  private static final String WORLDS = LIST + "/";

  /**
   * @param path path of a request, or its pattern
   */
  public static RequiredControlKey of(String path) {
    if (path.startsWith(WORLDS) && path.length() > WORLDS.length()) {
      return isKeys(path) ? OWNER : OPERATOR;
    }
    return path.startsWith(LIST) ? ADMIN : NONE;
  }

  /** Compares segments as the router does, which decodes names and drops their parameters. */
  private static boolean isKeys(String path) {
    var names =
        PathContainer.parsePath(path).elements().stream()
            .filter(PathContainer.PathSegment.class::isInstance)
            .map(name -> ((PathContainer.PathSegment) name).valueToMatch())
            .toList();
    return names.size() == 4 && names.getLast().equals("keys");
  }

  /**
   * Says whether a path belongs to the control API; only such a path may require one of the keys.
   */
  public static boolean covers(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  /** Returns the world in a path that is below one. */
  public static String world(String path) {
    return path.substring(WORLDS.length()).split("/", 2)[0];
  }
}
