package org.actsandbox.sandbox.doctor.alipay;

import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BLANK_AT_THE_END_LOST;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.HTML_ENTITIES;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.PLUS_AND_BLANK;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.VALUES_ENCODED_TWICE;

import java.net.URLDecoder;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;

/** Makes the inputs whose values were changed on their way, by a form or a careless program. */
final class ValueFaults {

  private final SigningInput right;

  /**
   * @param right the input that the signature must cover
   */
  ValueFaults(SigningInput right) {
    this.right = right;
  }

  /** Returns the changes of values on their way: of all, and of each alone. */
  Stream<SigningFault> all() {
    return Stream.of(
            changes(HTML_ENTITIES, ValueFaults::unescaped),
            changes(HTML_ENTITIES, ValueFaults::escaped),
            exchanged(' ', '+'),
            exchanged('+', ' '),
            changes(VALUES_ENCODED_TWICE, this::decoded),
            changes(BLANK_AT_THE_END_LOST, String::strip),
            each(BLANK_AT_THE_END_LOST, value -> value + " "),
            each(BLANK_AT_THE_END_LOST, value -> " " + value),
            each(BLANK_AT_THE_END_LOST, value -> value + "\n"),
            each(BLANK_AT_THE_END_LOST, value -> value + "\r\n"))
        .flatMap(each -> each);
  }

  private Stream<SigningFault> changes(SignatureCause cause, UnaryOperator<String> change) {
    return Stream.concat(
        Stream.of(SigningFaults.fault(cause, "", right.mapped(change))), each(cause, change));
  }

  private Stream<SigningFault> each(SignatureCause cause, UnaryOperator<String> change) {
    return right.parameters().entrySet().stream()
        .filter(entry -> !change.apply(entry.getValue()).equals(entry.getValue()))
        .map(
            entry ->
                SigningFaults.fault(
                    cause,
                    entry.getKey(),
                    right.with(entry.getKey(), change.apply(entry.getValue()))));
  }

  /** Exchanges one character for the other at some of its places: not every one was lost. */
  private Stream<SigningFault> exchanged(char from, char to) {
    var all = changes(PLUS_AND_BLANK, value -> value.replace(from, to));
    var some =
        right.parameters().entrySet().stream()
            .flatMap(
                entry -> {
                  var places = places(entry.getValue(), from);
                  return IntStream.range(1, 1 << places.size())
                      .mapToObj(subset -> replaced(entry.getValue(), places, subset, to))
                      .map(
                          value ->
                              SigningFaults.fault(
                                  PLUS_AND_BLANK,
                                  entry.getKey(),
                                  right.with(entry.getKey(), value)));
                });
    return Stream.concat(all, some);
  }

  /** Returns at most six places, because every subset of them is tried. */
  private static List<Integer> places(String value, char searched) {
    return IntStream.range(0, value.length())
        .filter(i -> value.charAt(i) == searched)
        .limit(6)
        .boxed()
        .toList();
  }

  private static String replaced(String value, List<Integer> places, int subset, char to) {
    var text = new StringBuilder(value);
    for (int i = 0; i < places.size(); i++) {
      if ((subset >> i & 1) == 1) {
        text.setCharAt(places.get(i), to);
      }
    }
    return text.toString();
  }

  private static String unescaped(String value) {
    return value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private String decoded(String value) {
    try {
      return URLDecoder.decode(value, right.charset());
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
