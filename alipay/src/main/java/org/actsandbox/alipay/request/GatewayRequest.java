package org.actsandbox.alipay.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.alipay.request.WireParameter.Place;
import org.actsandbox.alipay.signature.SignType;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request to the gateway: the parameters of query and body together, in the order in which
 * they arrived, whatever the SDK puts where (AIP-78 to AIP-83).
 *
 * @param charset how the values were decoded
 * @param mistakes what makes the request unreadable; empty for a readable one
 */
public record GatewayRequest(
    List<WireParameter> parameters,
    Charset charset,
    CharsetOrigin charsetOrigin,
    Set<WireMistake> mistakes) {

  /** Ours: the longest request of an SDK has about 40 parameters. */
  public static final int MAX_PARAMETERS = 200;

  public GatewayRequest {
    parameters = List.copyOf(parameters);
    mistakes = Set.copyOf(mistakes);
  }

  /**
   * Reads a request. It never throws: what is wrong is in {@link #mistakes}.
   *
   * @param rawQuery the query without its question mark, as sent
   * @param contentType the header's value, if there is one
   */
  public static GatewayRequest read(
      @Nullable String rawQuery, @Nullable String contentType, byte[] body) {
    var mistakes = EnumSet.noneOf(WireMistake.class);
    var raw = new ArrayList<RawParameter>();
    form(rawQuery == null ? "" : rawQuery, Place.QUERY, raw);
    var octets = new String(body, StandardCharsets.ISO_8859_1);
    var boundary = MultipartForm.boundary(contentType);
    if (boundary.isPresent()) {
      if (!MultipartForm.read(octets, boundary.get(), raw)) {
        mistakes.add(WireMistake.BROKEN_MULTIPART);
      }
    } else {
      form(octets, Place.BODY, raw);
    }
    if (raw.size() > MAX_PARAMETERS) {
      mistakes.add(WireMistake.TOO_MANY_PARAMETERS);
      raw.subList(MAX_PARAMETERS, raw.size()).clear();
    }
    return decode(raw, contentType, mistakes);
  }

  private static void form(String octets, Place place, List<RawParameter> into) {
    for (var pair : octets.split("&", -1)) {
      // A trailing line break behind a body is no part of its last value.
      var part = place == Place.BODY ? pair.strip() : pair;
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        var name = equals < 0 ? part : part.substring(0, equals);
        into.add(new RawParameter(name, equals < 0 ? "" : part.substring(equals + 1), place));
      }
    }
  }

  private static GatewayRequest decode(
      List<RawParameter> raw, @Nullable String contentType, Set<WireMistake> mistakes) {
    var named = namedCharset(raw, contentType);
    var origin = named.origin();
    var known = named.name().flatMap(GatewayRequest::known);
    var charset = known.orElse(StandardCharsets.UTF_8);
    if (known.isEmpty() && (origin == CharsetOrigin.QUERY || origin == CharsetOrigin.BODY)) {
      mistakes.add(WireMistake.UNKNOWN_CHARSET);
    }
    var parameters = new ArrayList<WireParameter>();
    var names = new HashSet<String>();
    for (var one : raw) {
      var parameter = one.decode(charset);
      if (one.place() != Place.PART && PercentCode.isBroken(one.octets())) {
        mistakes.add(WireMistake.BROKEN_PERCENT_CODE);
      }
      if (!isText(parameter.bytes(), charset)) {
        mistakes.add(WireMistake.WRONG_CHARSET);
      }
      if (!names.add(parameter.name())) {
        mistakes.add(WireMistake.REPEATED_PARAMETER);
      }
      parameters.add(parameter);
    }
    return new GatewayRequest(parameters, charset, origin, mistakes);
  }

  private record NamedCharset(Optional<String> name, CharsetOrigin origin) {}

  private static NamedCharset namedCharset(List<RawParameter> raw, @Nullable String contentType) {
    var inQuery = charsetIn(raw, true);
    if (inQuery.isPresent()) {
      return new NamedCharset(inQuery, CharsetOrigin.QUERY);
    }
    var inBody = charsetIn(raw, false);
    if (inBody.isPresent()) {
      return new NamedCharset(inBody, CharsetOrigin.BODY);
    }
    var ofBody = charsetOf(contentType);
    return new NamedCharset(
        ofBody, ofBody.isPresent() ? CharsetOrigin.CONTENT_TYPE : CharsetOrigin.DEFAULT);
  }

  private static Optional<Charset> known(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "utf-8", "utf8" -> Optional.of(StandardCharsets.UTF_8);
      // GB2312 is read as GBK, which contains it: clients name the one and send the other.
      case "gbk", "gb2312" -> Optional.of(Charset.forName("GBK"));
      case "gb18030" -> Optional.of(Charset.forName("GB18030"));
      default -> Optional.empty();
    };
  }

  private static Optional<String> charsetIn(List<RawParameter> raw, boolean query) {
    return raw.stream()
        .filter(one -> one.name().equals("charset") && (one.place() == Place.QUERY) == query)
        .map(one -> new String(one.bytes(), StandardCharsets.ISO_8859_1).strip())
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  private static Optional<String> charsetOf(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
    return at < 0
        ? Optional.empty()
        : Optional.of(contentType.substring(at + 8).split(";", 2)[0].strip().replace("\"", ""));
  }

  private static boolean isText(byte[] bytes, Charset charset) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException otherCharset) {
      return false;
    }
  }

  /** Returns the parameter's value, if it was sent and is not blank. */
  public Optional<String> value(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(WireParameter::value)
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  /** Returns all values by name in the order of arrival; of a repeated name the first. */
  public Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    parameters.forEach(parameter -> values.putIfAbsent(parameter.name(), parameter.value()));
    return values;
  }

  /**
   * Returns the bytes that the request signs, made of the bytes that were sent: no decoding and
   * encoding stands between, so a wrong charset cannot change them (AIP-72 to AIP-75).
   *
   * @param empties whether parameters with an empty value are part of it (AIP-73)
   */
  public byte[] bytesToSign(boolean empties) {
    var bytes = new ByteArrayOutputStream();
    parameters.stream()
        .filter(parameter -> !parameter.name().equals("sign"))
        .filter(parameter -> empties || !parameter.raw().isEmpty())
        .sorted(Comparator.comparing(WireParameter::name))
        .forEach(
            parameter -> {
              if (bytes.size() > 0) {
                bytes.write('&');
              }
              bytes.writeBytes(parameter.name().getBytes(charset));
              bytes.write('=');
              bytes.writeBytes(parameter.bytes());
            });
    return bytes.toByteArray();
  }

  /**
   * Returns whether {@code sign} fits the request, with or without its empty parameters, of which
   * SDKs think differently (AIP-73).
   */
  public boolean isSignedBy(PublicKey key, SignType type) {
    var sign = value("sign");
    if (sign.isEmpty()) {
      return false;
    }
    if (type.verifies(key, bytesToSign(false), sign.get())) {
      return true;
    }
    boolean hasEmpties = parameters.stream().anyMatch(parameter -> parameter.raw().isEmpty());
    return hasEmpties && type.verifies(key, bytesToSign(true), sign.get());
  }

  /** A parameter before the charset is known. */
  record RawParameter(String encodedName, String octets, Place place) {

    String name() {
      return place == Place.PART
          ? encodedName
          : new String(PercentCode.decode(encodedName), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
      return place == Place.PART
          ? octets.getBytes(StandardCharsets.ISO_8859_1)
          : PercentCode.decode(octets);
    }

    WireParameter decode(Charset charset) {
      return new WireParameter(name(), octets, new String(bytes(), charset), place);
    }
  }
}
