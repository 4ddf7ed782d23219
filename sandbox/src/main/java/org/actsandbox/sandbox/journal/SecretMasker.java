package org.actsandbox.sandbox.journal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Masks what must not be read in a journal or a log: keys, PINs, passwords, cookies, seeds and card
 * numbers. Nothing is masked anywhere else. A value is recognized by its name or its form; a
 * world's own PINs are recognized by their value wherever they occur.
 */
public final class SecretMasker {

  public static final String MASK = "***";

  /** Replaces a PIN of the world itself, so that a reader of the journal knows what it was. */
  public static final String PIN_MASK = "***PIN***";

  /** Masks texts that belong to no world, and so knows no PINs. */
  public static final SecretMasker OF_NO_WORLD = new SecretMasker(_ -> false);

  /** A role key anywhere in a text; role and world stay readable. */
  private static final Pattern KEY =
      Pattern.compile("(?i)(act_[a-z]{1,16}_[a-z0-9.-]{1,120}_)[a-z0-9]{8,}");

  /** The server-wide key, which names no world. */
  private static final Pattern ADMIN_KEY = Pattern.compile("(?i)(act_admin_)[a-z0-9]{8,}");

  /** The token in the console's address, which may be sent on as a Referer. */
  private static final Pattern START_TOKEN = Pattern.compile("([?&]token=)[A-Za-z0-9_-]{16,}");

  /** Twelve or more digits in a text that a person wrote: a card, an account, a document. */
  private static final Pattern ACCOUNT =
      Pattern.compile("(?<![0-9A-Za-z])(?:[0-9][ -]?){8,15}([0-9]{4})(?![0-9A-Za-z])");

  /** Fields that contain free text written by people. */
  private static final Set<String> FREE_TEXT = Set.of("description");

  /**
   * Six digits shortly after the word PIN in one sentence; they are masked whether they are the
   * right PIN or not.
   */
  private static final Pattern SPOKEN =
      Pattern.compile(
          "(?iu)((?<![a-z])pin(?![a-z])[^0-9０-９.!?;。！？；\\n]{0,32}?"
              + "|(?:密码|口令)[^0-9０-９.!?;。！？；\\n]{0,16}?)"
              + "(?<![0-9０-９])[0-9０-９](?:[ -]?[0-9０-９]){5}(?![ -]?[0-9０-９]|[.,][0-9])");

  /** Names of amounts and counts; their digits are no PIN, even where they are equal to one. */
  private static final Pattern COUNTED =
      Pattern.compile(
          "(?i).*(?:amount|price|total|balance|limit|budget|fee|minor|sum|count|size|length|height"
              + "|seq|port|micros|millis|seconds|version|level).*");

  /**
   * An RSA private key of at least 2048 bits in Base64, in PKCS#1 or PKCS#8: a public key is
   * shorter.
   */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("MII[E-J][A-Za-z0-9+/\\s]{800,}={0,2}");

  private static final int MIN_PRIVATE_KEY = 800;

  private static final int PIN_DIGITS = 6;
  private static final int CARD_MIN = 13;

  private static final int SIX_DIGITS = 1;
  private static final int CARD_DIGITS = 2;
  private static final int KEY_PREFIX = 4;
  private static final int ASSIGNS = 8;
  private static final int STARS = 16;

  private final Predicate<String> isPin;

  /**
   * @param isPin tells whether six ASCII digits are a payment PIN of the world; called for every
   *     run of six digits
   */
  public SecretMasker(Predicate<String> isPin) {
    this.isPin = isPin;
  }

  /**
   * Masks the tree, in place where it can; so pass a tree that is used nowhere else. {@link
   * MaskedCopy} does the same without a tree, and tests compare both.
   */
  public JsonNode mask(JsonNode tree) {
    return mask("", tree);
  }

  private JsonNode mask(String name, JsonNode tree) {
    return switch (tree) {
      case ObjectNode object -> object(object);
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, mask(name, array.get(i)));
        }
        yield array;
      }
      case StringNode text -> string(name, text);
      case NumericNode number -> number(name, number);
      default -> tree;
    };
  }

  /**
   * Masks the members of an object as {@link #mask(JsonNode)} masks its tree, but makes no tree of
   * texts and whole numbers, which most members are.
   *
   * @param object what can be written as JSON
   */
  public SortedMap<String, Object> members(Map<String, ?> object) {
    var masked = new TreeMap<String, Object>();
    if (dependsOnNames(object)) {
      var tree = mask(Json.tree(object));
      tree.properties().forEach(each -> masked.put(each.getKey(), each.getValue()));
      return masked;
    }
    object.forEach(
        (name, value) -> {
          var member = member(name, value);
          if (member != null) {
            masked.put(name, member);
          }
        });
    return masked;
  }

  /** Says whether a name must be masked, or may say that another member is a secret. */
  private boolean dependsOnNames(Map<String, ?> object) {
    for (var name : object.keySet()) {
      if (name.equals("name") || name.equals("field") || !mask(name).equals(name)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Object member(String name, @Nullable Object value) {
    boolean secret = SecretNames.isSecret(name);
    return switch (value) {
      case null -> null;
      case String text -> secret ? MASK : maskMember(name, text);
      case Integer number ->
          secret ? MASK : isPinNumber(name, number.toString()) ? PIN_MASK : number;
      case Long number -> secret ? MASK : isPinNumber(name, number.toString()) ? PIN_MASK : number;
      case Boolean truth -> truth;
      // Also what is a tree already: masking changes a tree, and this one is the caller's.
      default -> mask(Json.tree(Map.of(name, value))).get(name);
    };
  }

  private ObjectNode object(ObjectNode object) {
    var named = object.path("name").asString(object.path("field").asString(""));
    boolean pair = !named.isEmpty() && SecretNames.isSecret(named);
    var renamed = false;
    for (var entry : object.properties()) {
      var name = entry.getKey();
      entry.setValue(
          pair && name.equals("value") ? hidden(entry.getValue()) : masked(name, entry.getValue()));
      renamed |= !mask(name).equals(name);
    }
    if (!renamed) {
      return object;
    }
    var other = object.objectNode();
    object.properties().forEach(entry -> other.set(mask(entry.getKey()), entry.getValue()));
    return other;
  }

  private JsonNode masked(String name, JsonNode value) {
    return SecretNames.isSecret(name) ? hidden(value) : mask(name, value);
  }

  /** Hides the value; null and booleans are no secrets. */
  private static JsonNode hidden(JsonNode value) {
    return value.isNull() || value.isBoolean() ? value : StringNode.valueOf(MASK);
  }

  private StringNode string(String name, StringNode text) {
    var value = text.stringValue();
    var masked = maskMember(name, value);
    return masked.equals(value) ? text : StringNode.valueOf(masked);
  }

  /**
   * Says that {@link #maskMember} would return the text as it is, if that is plain without looking
   * for a secret.
   */
  boolean isPlain(String name, CharSequence value) {
    return value.length() <= MIN_PRIVATE_KEY && !FREE_TEXT.contains(name) && traits(value) == 0;
  }

  /** Masks a text that is the value of the member {@code name}. */
  String maskMember(String name, String value) {
    return FREE_TEXT.contains(name)
        ? maskFreeText(value)
        : isPlainNumber(value) && (traits(value) == 0 || COUNTED.matcher(name).matches())
            ? value
            : mask(value);
  }

  private JsonNode number(String name, NumericNode number) {
    return number.isIntegralNumber() && isPinNumber(name, number.asString())
        ? StringNode.valueOf(PIN_MASK)
        : number;
  }

  /**
   * Says whether a whole number is a PIN of the world.
   *
   * @param name the member whose value the number is
   */
  boolean isPinNumber(String name, String digits) {
    // A number below zero of five digits is as long, and no PIN.
    return digits.length() == PIN_DIGITS
        && digits.charAt(0) != '-'
        && !COUNTED.matcher(name).matches()
        && isPin.test(digits);
  }

  private static boolean isPlainNumber(String text) {
    if (text.length() > 20) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }

  /** Masks keys, PINs, and numbers of accounts and documents in a text that a person wrote. */
  public String maskFreeText(String text) {
    return ACCOUNT.matcher(mask(text)).replaceAll("•••• $1");
  }

  /** Masks a text that is not JSON, or a text inside JSON. */
  public String mask(String text) {
    var keyless =
        text.length() > MIN_PRIVATE_KEY && text.contains("MII")
            ? PRIVATE_KEY.matcher(text).replaceAll(MASK)
            : text;
    int traits = traits(keyless);
    return traits == 0 ? keyless : mask(keyless, traits);
  }

  private String mask(String text, int traits) {
    var masked = text;
    if (has(traits, STARS) && text.contains(PIN_MASK)) {
      // A mark in the original text is not a PIN that was masked here.
      masked = text.replace(PIN_MASK, MASK);
    }
    if (has(traits, KEY_PREFIX)) {
      masked = keys(masked);
    }
    boolean hinted = has(traits, ASSIGNS | SIX_DIGITS) && AssignedSecrets.isHinted(masked);
    if (has(traits, ASSIGNS) && hinted && AssignedSecrets.mayAssign(masked)) {
      masked = AssignedSecrets.mask(masked);
    }
    if (!has(traits, SIX_DIGITS)) {
      return masked;
    }
    if (hinted) {
      masked = SPOKEN.matcher(masked).replaceAll(this::spoken);
    }
    return pins(has(traits, CARD_DIGITS) ? CardNumbers.mask(masked) : masked);
  }

  private static boolean has(int traits, int trait) {
    return (traits & trait) != 0;
  }

  private String spoken(MatchResult found) {
    var digits = TextDigits.of(found.group().substring(found.group(1).length()));
    return Matcher.quoteReplacement(found.group(1) + (isPin.test(digits) ? PIN_MASK : MASK));
  }

  /** Masks a path with its query, as the client sent it. */
  public String path(String path) {
    int query = path.indexOf('?');
    var before = query < 0 ? path : path.substring(0, query);
    var masked = new StringBuilder(path.length());
    for (int from = 0; from <= before.length(); ) {
      int slash = before.indexOf('/', from);
      int end = slash < 0 ? before.length() : slash;
      masked.append(encoded(before.substring(from, end), this::mask));
      if (slash >= 0) {
        masked.append('/');
      }
      from = end + 1;
    }
    if (query >= 0) {
      masked.append('?').append(form(path.substring(query + 1)));
    }
    return masked.toString();
  }

  /** Masks {@code name=value&...}: a query, or a form. */
  public String form(String pairs) {
    return Arrays.stream(pairs.split("&", -1)).map(this::pair).collect(Collectors.joining("&"));
  }

  private String pair(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      return encoded(pair, this::mask);
    }
    var name = pair.substring(0, equals);
    var value = pair.substring(equals + 1);
    if (SecretNames.isSecret(decoded(name))) {
      return name + "=" + (value.isEmpty() ? "" : MASK);
    }
    return encoded(name, this::mask) + "=" + encoded(value, this::mask);
  }

  private static String encoded(String text, UnaryOperator<String> masking) {
    var plain = decoded(text);
    var masked = masking.apply(plain);
    // An unchanged text keeps the encoding in which it was written.
    return masked.equals(plain)
        ? text
        : URLEncoder.encode(masked, StandardCharsets.UTF_8).replace("%2A", "*");
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }

  public String maskHeader(String name, String value) {
    if (!SecretNames.isSecret(name)) {
      return mask(value);
    }
    if (name.equalsIgnoreCase("authorization")) {
      var masked = keys(value);
      return masked.equals(value) ? value.split(" ", 2)[0] + " " + MASK : masked;
    }
    return MASK;
  }

  /** Masks the ids of an entry; the keys are their names. */
  public SortedMap<String, String> ids(Map<String, String> ids) {
    var masked = new TreeMap<String, String>();
    ids.forEach((name, id) -> masked.put(name, mask(id)));
    return masked;
  }

  /** Returns which kinds of secrets the text may contain; most texts contain none. */
  private static int traits(CharSequence text) {
    int traits = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'z' && c != '_') {
        // No letter is a trait, and most characters are letters.
        digits = 0;
      } else if (TextDigits.valueOf(c) >= 0) {
        digits++;
        traits |= digits >= CARD_MIN ? CARD_DIGITS : 0;
        traits |= digits >= PIN_DIGITS ? SIX_DIGITS : 0;
      } else if (c != ' ' && c != '-') {
        digits = 0;
        traits |=
            switch (c) {
              case '_' -> i > 2 && isAct(text, i - 3) ? KEY_PREFIX : 0;
              case '=', ':', '>', '\n' -> ASSIGNS;
              case '*' -> STARS;
              default -> 0;
            };
      }
    }
    return traits;
  }

  private static boolean isAct(CharSequence text, int from) {
    return (text.charAt(from) | 0x20) == 'a'
        && (text.charAt(from + 1) | 0x20) == 'c'
        && (text.charAt(from + 2) | 0x20) == 't';
  }

  private static String keys(String text) {
    var tokenless =
        text.contains("token=") ? START_TOKEN.matcher(text).replaceAll("$1" + MASK) : text;
    var masked = KEY.matcher(tokenless).replaceAll("$1" + MASK);
    return ADMIN_KEY.matcher(masked).replaceAll("$1" + MASK);
  }

  /** Masks the world's PINs: six digits in a row, or with single spaces or hyphens between them. */
  private String pins(String text) {
    StringBuilder masked = null;
    int done = 0;
    int i = 0;
    while (i < text.length()) {
      if (TextDigits.valueOf(text.charAt(i)) < 0) {
        i++;
        continue;
      }
      int end = i + 1;
      while (end < text.length() && TextDigits.valueOf(text.charAt(end)) >= 0) {
        end++;
      }
      int spaced = spaced(text, i);
      int found =
          isPinAt(text, i, end) ? end : spaced > end && isPinAt(text, i, spaced) ? spaced : -1;
      if (found > 0) {
        masked = masked == null ? new StringBuilder(text.length()) : masked;
        masked.append(text, done, i).append(PIN_MASK);
        done = found;
      }
      i = Math.max(found, end);
    }
    return masked == null ? text : masked.append(text, done, text.length()).toString();
  }

  private boolean isPinAt(String text, int from, int to) {
    if (to - from > 2 * PIN_DIGITS) {
      return false;
    }
    return TextDigits.count(text, from, to) == PIN_DIGITS
        && !isFraction(text, from, to)
        && isPin.test(TextDigits.of(text.substring(from, to)));
  }

  /** Says whether the digits are a part of a decimal number; that is an amount, not a PIN. */
  private static boolean isFraction(String text, int from, int to) {
    return (from > 1
            && isPoint(text.charAt(from - 1))
            && TextDigits.valueOf(text.charAt(from - 2)) >= 0)
        || (to + 1 < text.length()
            && isPoint(text.charAt(to))
            && TextDigits.valueOf(text.charAt(to + 1)) >= 0);
  }

  private static boolean isPoint(char c) {
    return c == '.' || c == ',';
  }

  /** Returns the end of six digits with single separators; it stops after seven digits. */
  private static int spaced(String text, int from) {
    int end = from + 1;
    int digits = 1;
    while (end < text.length() && digits <= PIN_DIGITS) {
      if (TextDigits.valueOf(text.charAt(end)) >= 0) {
        end++;
      } else if ((text.charAt(end) == ' ' || text.charAt(end) == '-')
          && end + 1 < text.length()
          && TextDigits.valueOf(text.charAt(end + 1)) >= 0) {
        end += 2;
      } else {
        return end;
      }
      digits++;
    }
    return end;
  }
}
