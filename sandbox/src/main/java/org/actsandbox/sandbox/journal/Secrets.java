package org.actsandbox.sandbox.journal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Takes out what must not be read in a journal or a log: keys, PINs, passwords, cookies, seeds. */
public final class Secrets {

  public static final String MASK = "***";

  private static final Set<String> FIELDS =
      Set.of(
          "pin",
          "new_pin",
          "old_pin",
          "current_pin",
          "payment_pin",
          "password",
          "passphrase",
          "secret",
          "seed",
          "api_key",
          "apikey",
          "private_key",
          "card_number",
          "authorization",
          "access_token");

  private static final Set<String> HEADERS =
      Set.of("cookie", "set-cookie", "proxy-authorization", "x-api-key", "x-csrf-token");

  /** A role key anywhere in a text; role and world stay readable. */
  private static final Pattern KEY =
      Pattern.compile("(act_[a-z]{1,16}_[a-z0-9.-]{1,120}_)[A-Za-z0-9]{16,}");

  /** The server-wide key has no world. */
  private static final Pattern ADMIN_KEY = Pattern.compile("(act_admin_)[A-Za-z0-9]{16,}");

  /** A PIN in what is not JSON: broken JSON, forms, query strings. */
  private static final Pattern LOOSE_FIELD =
      Pattern.compile(
          "(?i)((?:[a-z_]{0,20}pin|password|secret|seed|api_?key)[\"']?\\s{0,8}[:=]\\s{0,8}[\"']?)"
              + "[^\\s\"'&,;}]{1,200}");

  private Secrets() {}

  /** Masks in place where it can, so pass a tree that nobody else holds. */
  public static JsonNode mask(JsonNode tree) {
    return switch (tree) {
      case ObjectNode object -> {
        for (var entry : object.properties()) {
          entry.setValue(
              FIELDS.contains(entry.getKey()) && !entry.getValue().isNull()
                  ? StringNode.valueOf(MASK)
                  : mask(entry.getValue()));
        }
        yield object;
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, mask(array.get(i)));
        }
        yield array;
      }
      case StringNode text ->
          text.stringValue().contains("act_") ? StringNode.valueOf(keys(text.stringValue())) : text;
      default -> tree;
    };
  }

  /** For texts that are no JSON. */
  public static String mask(String text) {
    return LOOSE_FIELD.matcher(keys(text)).replaceAll("$1" + MASK);
  }

  public static String header(String name, String value) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (HEADERS.contains(lower)) {
      return MASK;
    }
    if (lower.equals("authorization")) {
      var masked = keys(value);
      return masked.equals(value) ? value.split(" ", 2)[0] + " " + MASK : masked;
    }
    return keys(value);
  }

  private static String keys(String text) {
    if (!text.contains("act_")) {
      return text;
    }
    var masked = KEY.matcher(text).replaceAll("$1" + MASK);
    return ADMIN_KEY.matcher(masked).replaceAll("$1" + MASK);
  }
}
