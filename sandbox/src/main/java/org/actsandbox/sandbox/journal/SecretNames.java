package org.actsandbox.sandbox.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Knows the names of fields, parameters and headers that have a secret value. Names are compared
 * without case and separators: {@code PIN}, {@code newPin}, {@code pin_code} and {@code X-Pin} are
 * one name.
 */
public final class SecretNames {

  /**
   * Last words of secret names, such as {@code client_secret}, {@code my-password}, {@code newPin}.
   */
  private static final Set<String> LAST_WORDS =
      Set.of(
          "pin",
          "pins",
          "password",
          "passwords",
          "passwd",
          "passcode",
          "passphrase",
          "secret",
          "secrets",
          "seed",
          "seeds",
          "cvv",
          "cvc",
          "密码",
          "口令");

  /**
   * Words that may follow {@code pin} in a name of the PIN itself; other words make it a name of
   * something about the PIN.
   */
  private static final Set<String> AFTER_PIN =
      Set.of("code", "number", "digits", "value", "again", "repeat", "confirm", "confirmation");

  /** Whole names that are written without separators, or that are made of harmless words. */
  private static final Set<String> WHOLE =
      Set.of(
          "newpin",
          "oldpin",
          "currentpin",
          "paymentpin",
          "userpin",
          "mypin",
          "yourpin",
          "xpin",
          "cardpin",
          "walletpin",
          "pincode",
          "pinnumber",
          "apikey",
          "xapikey",
          "privatekey",
          "secretkey",
          "accesskey",
          "rolekey",
          "principalkey",
          "agentkey",
          "operatorkey",
          "adminkey",
          "token",
          "accesstoken",
          "refreshtoken",
          "sessiontoken",
          "starttoken",
          "csrftoken",
          "xcsrftoken",
          "cardnumber",
          "cardno",
          "authorization",
          "proxyauthorization",
          "cookie",
          "setcookie",
          // These quote a message in a form in which its own secrets could not be found.
          "actdebugcanonical",
          "canonicalreceived",
          "canonicalsent");

  private static final Pattern WORD =
      Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}+|\\p{Lo}+");

  /** Limit of remembered names: names come from messages, so there could be very many. */
  private static final int MAX_KNOWN = 4_096;

  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private static final int MAX_LENGTH = 120;

  private SecretNames() {}

  /** Says whether the value under {@code name} must not be read. */
  public static boolean isSecret(String name) {
    if (name.length() > MAX_LENGTH) {
      return matchesSecretName(name.substring(name.length() - MAX_LENGTH));
    }
    var known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    boolean secret = matchesSecretName(name);
    if (KNOWN.size() < MAX_KNOWN) {
      KNOWN.put(name, secret);
    }
    return secret;
  }

  /** Says whether the name is that of a PIN. */
  public static boolean isPin(String name) {
    return isSecret(name) && letters(name).contains("pin");
  }

  private static boolean matchesSecretName(String name) {
    if (WHOLE.contains(letters(name))) {
      return true;
    }
    var words = words(name);
    if (words.isEmpty()) {
      return false;
    }
    return LAST_WORDS.contains(words.getLast())
        || (words.size() > 1
            && words.get(words.size() - 2).equals("pin")
            && AFTER_PIN.contains(words.getLast()));
  }

  private static String letters(String name) {
    var letters = new StringBuilder(name.length());
    name.codePoints().filter(Character::isLetter).forEach(letters::appendCodePoint);
    return letters.toString().toLowerCase(Locale.ROOT);
  }

  private static List<String> words(String name) {
    var words = new ArrayList<String>(4);
    var matcher = WORD.matcher(name);
    while (matcher.find()) {
      words.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return words;
  }
}
