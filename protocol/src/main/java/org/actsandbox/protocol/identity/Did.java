package org.actsandbox.protocol.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The identifier of a participant, such as {@code did:act:raileast}. Its keys have ids such as
 * {@code did:act:raileast#key-1}.
 */
public record Did(@JsonValue String value) implements Comparable<Did> {

  private static final String PREFIX = "did:act:";
  private static final int MAX_NAME = 64;

  @JsonCreator
  public Did {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "not a did:act identifier (did:act: then 1 to 64 of a-z 0-9 . -)");
    }
  }

  /** Says whether the name is letters and digits, with points and hyphens between them. */
  private static boolean isWellFormed(String value) {
    int length = value.length() - PREFIX.length();
    if (length < 1 || length > MAX_NAME || !value.startsWith(PREFIX)) {
      return false;
    }
    int last = value.length() - 1;
    for (int i = PREFIX.length(); i <= last; i++) {
      char c = value.charAt(i);
      boolean inner = i > PREFIX.length() && i < last;
      if (!(c >= 'a' && c <= 'z')
          && !(c >= '0' && c <= '9')
          && !(inner && (c == '.' || c == '-'))) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param name the part after {@code did:act:}
   */
  public static Did of(String name) {
    return new Did(PREFIX + name);
  }

  /** Returns the DID to which a key belongs, which is the part before {@code #}. */
  public static Did ofSigner(String signerId) {
    int hash = signerId.indexOf('#');
    return new Did(hash < 0 ? signerId : signerId.substring(0, hash));
  }

  /** Returns the part after {@code did:act:}. */
  public String name() {
    return value.substring(PREFIX.length());
  }

  /** Returns the id of a key, such as {@code did:act:raileast#key-1}. */
  public String key(int number) {
    return value + "#key-" + number;
  }

  @Override
  public int compareTo(Did other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
