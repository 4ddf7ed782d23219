package org.actsandbox.protocol.time;

/**
 * Generates a world's identifiers, which are unique in the world and derived from its seed. It may
 * be called by several threads.
 */
public interface IdGenerator {

  /**
   * Returns a new identifier: {@code next("R")} returns {@code R-7Q2K9XWD3M} or the like.
   *
   * @param prefix 1 to 8 ASCII letters
   */
  String next(String prefix);
}
