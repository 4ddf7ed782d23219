package org.actsandbox.sandbox.external.api;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a request about a merchant from outside. Every refusal is {@code
 * invalid_field}.
 */
final class MerchantRequestFields {

  private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
  private static final int MAX_URL = 300;
  private static final int MAX_RESOURCE = 200;
  static final int MAX_NAME = 60;

  private MerchantRequestFields() {}

  /** Reads the address; whether it may be called is another question. */
  static URI url(@Nullable String requested) {
    var text = requested == null ? "" : requested.replaceAll("/+$", "");
    URI url;
    try {
      url = URI.create(text).normalize();
    } catch (IllegalArgumentException notAnAddress) {
      throw invalidUrl(text);
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || text.length() > MAX_URL) {
      throw invalidUrl(text);
    }
    return url;
  }

  private static Refusal invalidUrl(String observed) {
    return FieldChecks.invalid(
        "url", "http://host:port or https://host, with a path if need be", observed);
  }

  /** Checks the form of an id. */
  static void id(String requested) {
    if (!ID.matcher(requested).matches()) {
      throw FieldChecks.invalid("id", "1 to 40 of a-z, 0-9 and hyphen", requested);
    }
  }

  static MerchantKind kind(@Nullable String requested) {
    var codes = Stream.of(MerchantKind.values()).map(MerchantKind::code).toList();
    if (requested == null) {
      throw new Refusal(Problem.INVALID_FIELD, "the merchant needs a kind")
          .at("kind")
          .expected(String.join(", ", codes) + "; or an agent card whose vertical says it");
    }
    if (!codes.contains(requested)) {
      throw FieldChecks.invalid("kind", String.join(", ", codes), requested);
    }
    return MerchantKind.valueOf(requested.toUpperCase(Locale.ROOT));
  }

  static MerchantLevel level(String requested) {
    return MerchantLevel.find(requested)
        .orElseThrow(
            () ->
                FieldChecks.invalid(
                    "level",
                    Arrays.stream(MerchantLevel.values())
                        .map(MerchantLevel::code)
                        .collect(Collectors.joining(", ")),
                    requested));
  }

  static String resource(@Nullable String requested) {
    return requested == null ? "/" : path("resource", requested);
  }

  static String path(String field, String requested) {
    if (!requested.startsWith("/")
        || requested.length() > MAX_RESOURCE
        || !requested.matches("[\\x21-\\x7e]+")
        || requested.contains("..")
        || requested.contains("#")) {
      throw FieldChecks.invalid(field, "a path that begins with a slash", requested);
    }
    return requested;
  }

  static Text text(String requested) {
    var name = requested.strip();
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw FieldChecks.invalid("name", "1 to %d characters".formatted(MAX_NAME), requested);
    }
    return Text.untranslated(name);
  }
}
