package org.actsandbox.protocol.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The identifier of a participant, such as {@code did:act:raileast}. Its keys have ids such as
 * {@code did:act:raileast#key-1}.
 */
public record Did(@JsonValue String value) implements Comparable<Did> {

  private static final Pattern FORM =
      Pattern.compile("did:act:[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?");

  @JsonCreator
  public Did {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a did:act identifier (did:act: then 1 to 64 of a-z 0-9 . -)");
    }
  }

  /**
   * @param name the part after {@code did:act:}
   */
  public static Did of(String name) {
    return new Did("did:act:" + name);
  }

  /** Returns the DID to which a key belongs, which is the part before {@code #}. */
  public static Did ofSigner(String signerId) {
    int hash = signerId.indexOf('#');
    return new Did(hash < 0 ? signerId : signerId.substring(0, hash));
  }

  /** Returns the part after {@code did:act:}. */
  public String name() {
    return value.substring("did:act:".length());
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
