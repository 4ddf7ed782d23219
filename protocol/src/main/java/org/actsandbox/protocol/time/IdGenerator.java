package org.actsandbox.protocol.time;

/** A world's source of identifiers: unique in the world, drawn from its seed, safe for threads. */
public interface IdGenerator {

  /**
   * The next identifier of a kind, such as {@code next("R")} for {@code R-7Q2K9XWD3M}.
   *
   * @param prefix 1 to 8 ASCII letters
   */
  String next(String prefix);
}
