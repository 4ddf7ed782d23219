package org.actsandbox.sandbox.doctor.alipay;

import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.ADDRESS_NOT_ENCODED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.APP_OR_METHOD_REPLACED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.BIZ_CONTENT_WRITTEN_ANEW;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.EMPTY_PARAMETER_SIGNED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.ENCRYPTED_AFTER_SIGNING;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.NULL_AS_TEXT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.PARAMETERS_NOT_SORTED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.PARAMETER_NOT_SENT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.PARAMETER_NOT_SIGNED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SEPARATORS;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGNED_IN_OTHER_CHARSET;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_TYPE_NOT_SIGNED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.TIMESTAMP_BUILT_TWICE;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.VALUES_ENCODED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.VALUE_LEFT_OUT_BY_PHP;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.JsonStyle;
import org.actsandbox.sandbox.doctor.act.JsonVariants;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the inputs of group D of the catalogue out of the right one (AIP-239 to AIP-258), the
 * commonest mistakes first.
 */
final class SigningFaults {

  static final String SIGN = "sign";
  static final String SIGN_TYPE = "sign_type";
  static final String BIZ_CONTENT = "biz_content";

  private static final Charset GBK = Charset.forName("GBK");

  /** Parameters that a client adds to a request after it was signed, or the reverse (AIP-240). */
  private static final List<String> OFTEN_ADDED =
      List.of(
          "format",
          "version",
          "alipay_sdk",
          "notify_url",
          "return_url",
          "app_auth_token",
          BIZ_CONTENT,
          "charset");

  /** Values that a client signs and does not send (AIP-241). */
  private static final Map<String, List<String>> OFTEN_FORGOTTEN = new LinkedHashMap<>();

  static {
    OFTEN_FORGOTTEN.put("format", List.of("json", "JSON"));
    OFTEN_FORGOTTEN.put("version", List.of("1.0"));
    OFTEN_FORGOTTEN.put("charset", List.of("UTF-8", "utf-8", "GBK"));
  }

  /** Optional parameters, whose missing values become texts in careless programs. */
  private static final List<String> OPTIONAL =
      List.of("notify_url", "return_url", "app_auth_token", "auth_token", BIZ_CONTENT, "format");

  private static final Set<String> KNOWN_NAMES =
      Set.of(
          "app_id",
          "method",
          "format",
          "return_url",
          "charset",
          SIGN_TYPE,
          SIGN,
          "timestamp",
          "version",
          "notify_url",
          "app_auth_token",
          "auth_token",
          BIZ_CONTENT,
          "alipay_sdk",
          "encrypt_type",
          "app_cert_sn",
          "alipay_root_cert_sn",
          "target_app_id",
          "terminal_type",
          "terminal_info",
          "prod_code",
          "ws_service_url");

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** Seconds, on both sides: a client that makes its text twice needs less time. */
  private static final int MAX_TIMESTAMP_SHIFT = 120;

  /** The plain ways of writing, without changes of single members. */
  private static final int MOST_CONTENTS_BESIDE = 8;

  private final SigningInput right;
  private final Map<String, String> sent;
  private final AlipayParties parties;

  /**
   * @param right the input that the signature must cover
   * @param sent all parameters that were sent, the empty ones and {@code sign} included
   */
  SigningFaults(SigningInput right, Map<String, String> sent, AlipayParties parties) {
    this.right = right;
    this.sent = sent;
    this.parties = parties;
  }

  Stream<SigningFault> all() {
    return Stream.of(
            common(),
            notSent(),
            empties(),
            bizContent(),
            new ValueFaults(right).all(),
            times(),
            addresses(),
            encrypted(),
            replaced(),
            nulls())
        .flatMap(each -> each);
  }

  /** Returns the faults of which two come together; there are few, because all pairs are tried. */
  Stream<SigningFault> common() {
    return Stream.of(notSigned(), orders(), separators(), encodings(), charsets())
        .flatMap(each -> each);
  }

  /** Returns the faults that are tried beside a common one; there are about sixty. */
  Stream<SigningFault> beside() {
    return Stream.of(
            notSigned().filter(fault -> fault.detail().indexOf(',') < 0),
            orders(),
            separators(),
            encodings().filter(fault -> fault.detail().isEmpty()),
            charsets(),
            notSent(),
            empties(),
            bizContent().limit(MOST_CONTENTS_BESIDE))
        .flatMap(each -> each);
  }

  static SigningFault fault(SignatureCause cause, String detail, SigningInput input) {
    return new SigningFault(cause, detail, input);
  }

  private Stream<SigningFault> notSigned() {
    var found = new ArrayList<SigningFault>();
    if (right.parameters().containsKey(SIGN_TYPE)) {
      found.add(fault(SIGN_TYPE_NOT_SIGNED, "", right.without(SIGN_TYPE)));
    }
    right
        .parameters()
        .forEach(
            (name, value) -> {
              if (value.equals("0") || value.startsWith("@")) {
                found.add(fault(VALUE_LEFT_OUT_BY_PHP, name, right.without(name)));
              }
            });
    right
        .parameters()
        .keySet()
        .forEach(name -> found.add(fault(PARAMETER_NOT_SIGNED, name, right.without(name))));
    var present = OFTEN_ADDED.stream().filter(right.parameters()::containsKey).toList();
    for (int subset = 1; subset < 1 << present.size(); subset++) {
      if (Integer.bitCount(subset) > 1) {
        var names = subset(present, subset);
        var fewer = new LinkedHashMap<>(right.parameters());
        names.forEach(fewer::remove);
        found.add(fault(PARAMETER_NOT_SIGNED, String.join(", ", names), right.with(fewer)));
      }
    }
    return found.stream();
  }

  private static List<String> subset(List<String> names, int bits) {
    return IntStream.range(0, names.size())
        .filter(i -> (bits >> i & 1) == 1)
        .mapToObj(names::get)
        .toList();
  }

  private Stream<SigningFault> notSent() {
    var absent = OFTEN_FORGOTTEN.keySet().stream().filter(name -> !sent.containsKey(name)).toList();
    var found = new ArrayList<SigningFault>();
    for (int subset = 1; subset < 1 << absent.size(); subset++) {
      var inputs = List.of(right);
      var names = subset(absent, subset);
      for (var name : names) {
        inputs =
            inputs.stream()
                .flatMap(
                    input ->
                        OFTEN_FORGOTTEN.getOrDefault(name, List.of()).stream()
                            .map(value -> input.with(name, value)))
                .toList();
      }
      inputs.forEach(
          input -> found.add(fault(PARAMETER_NOT_SENT, String.join(", ", names), input)));
    }
    return found.stream();
  }

  private Stream<SigningFault> empties() {
    var found = new ArrayList<SigningFault>();
    var empty =
        sent.entrySet().stream()
            .filter(entry -> entry.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .filter(name -> !name.equals(SIGN))
            .toList();
    if (!empty.isEmpty()) {
      var input = right;
      for (var name : empty) {
        input = input.with(name, "");
      }
      found.add(fault(EMPTY_PARAMETER_SIGNED, String.join(", ", empty), input));
    }
    found.add(fault(EMPTY_PARAMETER_SIGNED, SIGN, right.with(SIGN, "")));
    for (var name : OPTIONAL) {
      if (!sent.containsKey(name)) {
        found.add(fault(EMPTY_PARAMETER_SIGNED, name, right.with(name, "")));
      }
    }
    return found.stream();
  }

  private Stream<SigningFault> encodings() {
    return Stream.concat(
        Stream.of(SigningInput.Encoding.values())
            .filter(encoding -> encoding != SigningInput.Encoding.NONE)
            .map(encoding -> fault(VALUES_ENCODED, "", right.in(encoding))),
        right.parameters().keySet().stream()
            .map(
                name ->
                    fault(
                        VALUES_ENCODED,
                        name,
                        right.with(
                            name,
                            URLEncoder.encode(
                                right.parameters().getOrDefault(name, ""), right.charset())))));
  }

  private Stream<SigningFault> orders() {
    return Stream.of(
        fault(PARAMETERS_NOT_SORTED, "", right.in(SigningInput.Order.ARRIVED)),
        fault(PARAMETERS_NOT_SORTED, "", right.in(SigningInput.Order.WITHOUT_CASE)),
        fault(PARAMETERS_NOT_SORTED, "", right.in(SigningInput.Order.BY_PAIR)),
        fault(PARAMETERS_NOT_SORTED, "", right.in(SigningInput.Order.REVERSED)));
  }

  private Stream<SigningFault> separators() {
    return Stream.of(
        fault(SEPARATORS, "& at the end", right.joined("", "=", "&", "", "&")),
        fault(SEPARATORS, "? at the beginning", right.joined("?", "=", "&", "", "")),
        fault(SEPARATORS, "& at the beginning", right.joined("&", "=", "&", "", "")),
        fault(SEPARATORS, "quotes", right.joined("", "=", "&", "\"", "")),
        fault(SEPARATORS, "no &", right.joined("", "=", "", "", "")),
        fault(SEPARATORS, "neither = nor &", right.joined("", "", "", "", "")),
        fault(SEPARATORS, "a line feed at the end", right.joined("", "=", "&", "", "\n")),
        fault(SEPARATORS, "line feeds", right.joined("", "=", "\n", "", "")),
        fault(SEPARATORS, "&amp;", right.joined("", "=", "&amp;", "", "")));
  }

  private Stream<SigningFault> charsets() {
    return Stream.of(StandardCharsets.UTF_8, GBK, StandardCharsets.ISO_8859_1)
        .filter(charset -> !charset.equals(right.charset()))
        .map(charset -> fault(SIGNED_IN_OTHER_CHARSET, charset.name(), right.in(charset)));
  }

  /** Returns the ways in which a library may have written the same content (AIP-248). */
  private Stream<SigningFault> bizContent() {
    var content = right.parameters().get(BIZ_CONTENT);
    if (content == null) {
      return Stream.empty();
    }
    try {
      if (!(Json.parse(content) instanceof ObjectNode object)) {
        return Stream.empty();
      }
      var arrived = JsonStyle.CANONICAL.in(JsonStyle.Order.ARRIVED);
      return Stream.concat(
              Stream.of(
                      JsonStyle.CANONICAL,
                      JsonStyle.CANONICAL.withNumbersAsWritten(),
                      arrived,
                      arrived.withNumbersAsWritten(),
                      arrived.with(JsonStyle.Escapes.NON_ASCII_LOWER),
                      arrived.with(JsonStyle.Escapes.SLASHES),
                      arrived.with(JsonStyle.Escapes.NON_ASCII_AND_SLASHES),
                      arrived.with(JsonStyle.Escapes.HTML))
                  .map(style -> style.write(object)),
              new JsonVariants(object)
                  .all()
                  .map(variant -> new String(variant.bytes(), StandardCharsets.UTF_8)))
          .filter(text -> !text.equals(content))
          .map(text -> fault(BIZ_CONTENT_WRITTEN_ANEW, "", right.with(BIZ_CONTENT, text)));
    } catch (JacksonException notJson) {
      return Stream.empty();
    }
  }

  private Stream<SigningFault> times() {
    var text = right.parameters().get("timestamp");
    if (text == null) {
      return Stream.empty();
    }
    try {
      var time = LocalDateTime.parse(text, TIMESTAMP);
      return Stream.concat(
              IntStream.rangeClosed(1, MAX_TIMESTAMP_SHIFT).boxed().flatMap(i -> Stream.of(-i, i)),
              Stream.of(-8 * 3600, 8 * 3600))
          .map(
              seconds ->
                  fault(
                      TIMESTAMP_BUILT_TWICE,
                      seconds + " s",
                      right.with("timestamp", time.plusSeconds(seconds).format(TIMESTAMP))));
    } catch (DateTimeException otherForm) {
      return Stream.empty();
    }
  }

  /** Puts unknown parameters back behind the address from which they come (AIP-253). */
  private Stream<SigningFault> addresses() {
    var unknown =
        right.parameters().entrySet().stream()
            .filter(entry -> !KNOWN_NAMES.contains(entry.getKey()))
            .toList();
    if (unknown.isEmpty()) {
      return Stream.empty();
    }
    var tail =
        unknown.stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("&"));
    return Stream.of("notify_url", "return_url")
        .filter(right.parameters()::containsKey)
        .flatMap(
            name -> {
              var without = new LinkedHashMap<>(right.parameters());
              unknown.forEach(entry -> without.remove(entry.getKey()));
              var address = without.get(name);
              return Stream.of("&", "?")
                  .map(
                      separator ->
                          fault(
                              ADDRESS_NOT_ENCODED,
                              name,
                              right.with(without).with(name, address + separator + tail)));
            });
  }

  private Stream<SigningFault> encrypted() {
    var content = right.parameters().get(BIZ_CONTENT);
    if (content == null) {
      return Stream.empty();
    }
    return parties.apps().stream()
        .map(AlipayParties.App::aesKey)
        .filter(key -> !key.isEmpty())
        .flatMap(key -> decrypted(key, content).stream())
        .flatMap(
            plain ->
                Stream.of(
                    fault(ENCRYPTED_AFTER_SIGNING, "", right.with(BIZ_CONTENT, plain)),
                    fault(
                        ENCRYPTED_AFTER_SIGNING,
                        "",
                        right.with(BIZ_CONTENT, plain).without("encrypt_type"))));
  }

  /** Decrypts as AIP-87 says: AES in CBC mode, an IV of zeros. */
  private static Optional<String> decrypted(String aesKey, String content) {
    try {
      var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(Base64.getDecoder().decode(aesKey), "AES"),
          new IvParameterSpec(new byte[16]));
      return Optional.of(
          new String(cipher.doFinal(Base64.getDecoder().decode(content)), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException otherKeyOrPlain) {
      return Optional.empty();
    }
  }

  private Stream<SigningFault> replaced() {
    return Stream.concat(
        parties.apps().stream()
            .map(AlipayParties.App::id)
            .filter(id -> !id.equals(right.parameters().get("app_id")))
            .map(id -> fault(APP_OR_METHOD_REPLACED, "app_id " + id, right.with("app_id", id))),
        parties.methods().stream()
            .filter(method -> !method.equals(right.parameters().get("method")))
            .map(
                method ->
                    fault(
                        APP_OR_METHOD_REPLACED, "method " + method, right.with("method", method))));
  }

  private Stream<SigningFault> nulls() {
    return OPTIONAL.stream()
        .filter(name -> !right.parameters().containsKey(name))
        .flatMap(
            name ->
                Stream.of("null", "undefined", "None")
                    .map(word -> fault(NULL_AS_TEXT, name + "=" + word, right.with(name, word))));
  }
}
