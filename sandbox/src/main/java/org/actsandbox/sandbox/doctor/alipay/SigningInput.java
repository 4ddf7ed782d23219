package org.actsandbox.sandbox.doctor.alipay;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Is what a client puts together before it signs: parameters, and how they become one text. A fault
 * is another such input.
 *
 * @param parameters by name, in the order of arrival
 * @param prefix before the text
 * @param between between two parameters
 * @param quote around each value
 * @param suffix behind the text
 */
record SigningInput(
    Map<String, String> parameters,
    Order order,
    Encoding encoding,
    String prefix,
    String equals,
    String between,
    String quote,
    String suffix,
    Charset charset) {

  enum Order {
    SORTED,
    ARRIVED,
    WITHOUT_CASE,
    BY_PAIR,
    REVERSED
  }

  /** Is how values are encoded before they are signed; the right way is not at all (AIP-74). */
  enum Encoding {
    NONE,
    FORM,
    FORM_LOWER_CASE,
    BLANK_AS_20,
    BLANK_AS_20_LOWER_CASE,
    JAVASCRIPT,
    /** Leaves the signs that an address may have. */
    ADDRESS;

    private String write(String value, Charset charset) {
      if (this == NONE) {
        return value;
      }
      var encoded = URLEncoder.encode(value, charset);
      var blanks = encoded.replace("+", "%20");
      return switch (this) {
        case NONE, FORM -> encoded;
        case FORM_LOWER_CASE -> lowerCase(encoded);
        case BLANK_AS_20 -> blanks;
        case BLANK_AS_20_LOWER_CASE -> lowerCase(blanks);
        case JAVASCRIPT ->
            blanks
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
        case ADDRESS ->
            blanks
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%2C", ",")
                .replace("%3F", "?")
                .replace("%3D", "=");
      };
    }
  }

  private static String lowerCase(String encoded) {
    var text = new StringBuilder(encoded);
    for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 1)) {
      for (int digit = i + 1; digit <= i + 2 && digit < text.length(); digit++) {
        text.setCharAt(digit, Character.toLowerCase(text.charAt(digit)));
      }
    }
    return text.toString();
  }

  static SigningInput of(Map<String, String> parameters, Charset charset) {
    return new SigningInput(parameters, Order.SORTED, Encoding.NONE, "", "=", "&", "", "", charset);
  }

  SigningInput with(Map<String, String> other) {
    return new SigningInput(
        other, order, encoding, prefix, equals, between, quote, suffix, charset);
  }

  SigningInput in(Order other) {
    return new SigningInput(
        parameters, other, encoding, prefix, equals, between, quote, suffix, charset);
  }

  SigningInput in(Encoding other) {
    return new SigningInput(
        parameters, order, other, prefix, equals, between, quote, suffix, charset);
  }

  SigningInput in(Charset other) {
    return new SigningInput(
        parameters, order, encoding, prefix, equals, between, quote, suffix, other);
  }

  SigningInput joined(
      String newPrefix, String newEquals, String newBetween, String newQuote, String newSuffix) {
    return new SigningInput(
        parameters,
        order,
        encoding,
        newPrefix,
        newEquals,
        newBetween,
        newQuote,
        newSuffix,
        charset);
  }

  SigningInput without(String name) {
    var fewer = new LinkedHashMap<>(parameters);
    fewer.remove(name);
    return with(fewer);
  }

  /** Returns the input with another value; a new name stands at the end. */
  SigningInput with(String name, String value) {
    var changed = new LinkedHashMap<>(parameters);
    changed.put(name, value);
    return with(changed);
  }

  SigningInput mapped(UnaryOperator<String> change) {
    var changed = new LinkedHashMap<String, String>();
    parameters.forEach((name, value) -> changed.put(name, change.apply(value)));
    return with(changed);
  }

  String text() {
    var text = new StringBuilder(prefix);
    boolean first = true;
    for (var entry : (Iterable<Map.Entry<String, String>>) ordered()::iterator) {
      text.append(first ? "" : between);
      text.append(entry.getKey()).append(equals).append(quote);
      text.append(encoding.write(entry.getValue(), charset)).append(quote);
      first = false;
    }
    return text.append(suffix).toString();
  }

  byte[] bytes() {
    return text().getBytes(charset);
  }

  private Stream<Map.Entry<String, String>> ordered() {
    var entries = parameters.entrySet().stream();
    Comparator<Map.Entry<String, String>> byName = Map.Entry.comparingByKey();
    return switch (order) {
      case SORTED -> entries.sorted(byName);
      case ARRIVED -> entries;
      case WITHOUT_CASE -> entries.sorted(Map.Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER));
      case BY_PAIR ->
          entries.sorted(Comparator.comparing(entry -> entry.getKey() + "=" + entry.getValue()));
      case REVERSED -> entries.sorted(byName.reversed());
    };
  }
}
