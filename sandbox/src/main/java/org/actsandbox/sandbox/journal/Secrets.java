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

  /** In the address that the console is entered by, which may come along as a Referer. */
  private static final Pattern START_TOKEN = Pattern.compile("([?&]token=)[A-Za-z0-9_-]{16,}");

  /** Twelve digits and more in what a person wrote: a card, an account, a document. */
  private static final Pattern ACCOUNT =
      Pattern.compile("(?<![0-9A-Za-z])(?:[0-9][ -]?){8,15}([0-9]{4})(?![0-9A-Za-z])");

  /** Fields in which people write what they like. */
  private static final Set<String> FREE_TEXT = Set.of("description");

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
          entry.setValue(masked(entry.getKey(), entry.getValue()));
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

  private static JsonNode masked(String name, JsonNode value) {
    if (FIELDS.contains(name) && !value.isNull()) {
      return StringNode.valueOf(MASK);
    }
    return FREE_TEXT.contains(name) && value.isString()
        ? StringNode.valueOf(freeText(value.stringValue()))
        : mask(value);
  }

  /** What a person wrote, without numbers of accounts and the like, keys and PINs. */
  public static String freeText(String text) {
    return ACCOUNT.matcher(mask(text)).replaceAll("•••• $1");
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
    var tokenless =
        text.contains("token=") ? START_TOKEN.matcher(text).replaceAll("$1" + MASK) : text;
    if (!tokenless.contains("act_")) {
      return tokenless;
    }
    var masked = KEY.matcher(tokenless).replaceAll("$1" + MASK);
    return ADMIN_KEY.matcher(masked).replaceAll("$1" + MASK);
  }
}
