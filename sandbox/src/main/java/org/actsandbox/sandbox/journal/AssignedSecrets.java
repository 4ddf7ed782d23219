package org.actsandbox.sandbox.journal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks values under secret names ({@link SecretNames}) in texts that are not JSON: assignments,
 * forms, XML and multipart bodies.
 */
final class AssignedSecrets {

  /** A name in a text that is not JSON: broken JSON, forms, query strings, XML, multipart. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]{0,80}");

  /**
   * Parts of the names that {@link SecretNames} knows; a text without any of them contains no such
   * name.
   */
  private static final List<String> HINTS =
      List.of(
          "pin", "pass", "secret", "seed", "key", "token", "card", "auth", "cookie", "cvv", "cvc",
          "密码", "口令");

  /**
   * Says of two ASCII characters whether a hint begins with them, in any case: {@code 128 * first +
   * second}.
   */
  private static final boolean[] BEGINS_HINT = new boolean[128 * 128];

  static {
    for (var hint : HINTS) {
      for (char first : bothCases(hint.charAt(0))) {
        for (char second : bothCases(hint.charAt(1))) {
          if (first < 128 && second < 128) {
            BEGINS_HINT[128 * first + second] = true;
          }
        }
      }
    }
  }

  private static char[] bothCases(char c) {
    return new char[] {Character.toLowerCase(c), Character.toUpperCase(c)};
  }

  /** A name and its value: {@code pin=739154}, {@code "pin": "739154"}, {@code pin: [739154]}. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "((?:\\\\*[\"'])?\\s{0,8}[:=]\\s{0,8}\\[?\\s{0,8})"
              + "(?:(\\\\*[\"'])[^\"'\\\\]{0,400}|[^\\s\"'\\\\&,;}<>\\]]{1,400})");

  /** Within an XML tag of a secret name: its attributes, and the text behind it. */
  private static final Pattern ELEMENT =
      Pattern.compile("([^<>]{0,400}+>\\s{0,80}+)([^<]{1,400}+)");

  /** An attribute's value that names a field, and the field's value behind the tag. */
  private static final Pattern NAMED_ELEMENT =
      Pattern.compile("([\"'][^<>]{0,400}+>\\s{0,80}+)([^<]{1,400}+)");

  private static final Pattern ATTRIBUTE = Pattern.compile("(=\\s{0,8}[\"'])[^\"'<>]{1,400}");

  /** An element that has only attributes. */
  private static final Pattern EMPTY_ELEMENT = Pattern.compile("([^<>]{1,400}/>)");

  /** A part of a multipart body: headers, an empty line, the value. */
  private static final Pattern PART =
      Pattern.compile(
          "([\"'][^\\r\\n]{0,200}+(?:\\r?\\n[^\\r\\n]{1,200}+){0,8}+\\r?\\n\\r?\\n)"
              + "([^\\r\\n]{1,400}+)");

  /** Limit of the prefix of an XML name. */
  private static final int MAX_PREFIX = 80;

  private AssignedSecrets() {}

  /** Says whether the text may contain a secret name. It is cheap, because most texts do not. */
  static boolean isHinted(String text) {
    return isHinted(text, text.length());
  }

  /**
   * Says whether the text may assign a value to a secret name: each form has one of these
   * characters behind the name, so a name behind the last of them counts for nothing. Most signed
   * messages end a text so: {@code did:act:demo-agent#key-1}.
   */
  static boolean mayAssign(String text) {
    int last = text.length() - 1;
    while (last >= 0 && "=:>\n".indexOf(text.charAt(last)) < 0) {
      last--;
    }
    return isHinted(text, last);
  }

  /**
   * @param end the index before which the hint must begin
   */
  private static boolean isHinted(String text, int end) {
    for (int i = 0; i < end && i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      char next = text.charAt(i + 1);
      if ((c < 128 && next < 128)
          ? BEGINS_HINT[128 * c + next]
          : "pstkca密口".indexOf(Character.toLowerCase(c)) >= 0) {
        for (var hint : HINTS) {
          if (text.regionMatches(true, i, hint, 0, hint.length())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Masks values under secret names in every form of assignment. */
  static String mask(String text) {
    var name = NAME.matcher(text);
    var masked = new StringBuilder(text.length());
    int done = 0;
    while (name.find()) {
      if (!SecretNames.isSecret(name.group())) {
        continue;
      }
      var value = value(text, name);
      if (value != null) {
        masked.append(text, done, name.end()).append(value.replacement());
        done = value.end();
        name.region(done, text.length());
      }
    }
    return masked.append(text, done, text.length()).toString();
  }

  /**
   * Replaces the text after a name.
   *
   * @param replacement replacement of the text between a name and {@code end}
   */
  private record Replacement(String replacement, int end) {}

  private static @Nullable Replacement value(String text, Matcher name) {
    int before = name.start() - 1;
    int first = Math.max(0, before - MAX_PREFIX);
    while (before >= first
        && (Character.isLetter(text.charAt(before)) || text.charAt(before) == ':')) {
      before--;
    }
    boolean tag = before >= 0 && text.charAt(before) == '<';
    for (var form :
        tag ? List.of(EMPTY_ELEMENT, ELEMENT) : List.of(ASSIGNED, PART, NAMED_ELEMENT)) {
      var found = form.matcher(text).region(name.end(), text.length());
      if (found.lookingAt()) {
        var between = found.group(1);
        var quote = form == ASSIGNED && found.group(2) != null ? found.group(2) : "";
        var replacement =
            tag ? ATTRIBUTE.matcher(between).replaceAll("$1" + SecretMasker.MASK) : between;
        return new Replacement(
            replacement + quote + (form == EMPTY_ELEMENT ? "" : SecretMasker.MASK), found.end());
      }
    }
    return null;
  }
}
