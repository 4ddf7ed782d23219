package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.FORMER_KEY;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.KEY_OF_OTHER_APP;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.V3_TEXT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.alipay.rest.RestAuthorization;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.JsonStyle;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import tools.jackson.core.JacksonException;

/** Examines a request of the third version, which signs lines and no parameters (AIP-103). */
public final class RestDoctor {

  private final RestAuthorization authorization;
  private final String method;
  private final String pathAndQuery;
  private final String body;
  private final String appAuthToken;

  private RestDoctor(
      RestAuthorization authorization,
      String method,
      String pathAndQuery,
      String body,
      String appAuthToken) {
    this.authorization = authorization;
    this.method = method;
    this.pathAndQuery = pathAndQuery;
    this.body = body;
    this.appAuthToken = appAuthToken;
  }

  /**
   * Examines a request.
   *
   * @param appAuthToken the header's value; empty for none
   */
  public static Diagnosis examine(
      RestAuthorization authorization,
      String method,
      String pathAndQuery,
      String body,
      String appAuthToken,
      AlipayParties parties) {
    return new RestDoctor(authorization, method, pathAndQuery, body, appAuthToken).examine(parties);
  }

  private Diagnosis examine(AlipayParties parties) {
    var appId = authorization.parts().getOrDefault("app_id", "");
    var expected =
        authorization.stringToSign(method, pathAndQuery, body, appAuthToken).getBytes(UTF_8);
    return RsaSignatureDoctor.examine(
        new RsaCase(
            "v3_request",
            "",
            appId,
            authorization.parts().getOrDefault("sign", ""),
            "SHA-256",
            parties.keys(appId),
            expected,
            UTF_8,
            this::candidates,
            key ->
                key.id().equals(appId)
                    ? List.of()
                    : List.of(
                        new NamedCause(
                            key.owner().equals(appId) ? FORMER_KEY : KEY_OF_OTHER_APP, key.id())),
            List.of(),
            false,
            "node"));
  }

  private Stream<TextCandidate> candidates() {
    var found = new ArrayList<TextCandidate>();
    var auth = authorization.signedText();
    var right = authorization.stringToSign(method, pathAndQuery, body, appAuthToken);
    add(found, "no line feed at the end", right.substring(0, right.length() - 1));
    add(found, "one line feed more", right + "\n");
    add(found, "carriage returns", right.replace("\n", "\r\n"));
    add(found, "the address without its query", lines(auth, method, pathOnly(), body, true));
    add(
        found,
        "the method in lower case",
        lines(auth, method.toLowerCase(Locale.ROOT), pathAndQuery, body, true));
    add(found, "no line of app_auth_token", lines(auth, method, pathAndQuery, body, false));
    add(found, "an empty line of app_auth_token", right + "\n");
    add(found, "seconds", lines(withSeconds(auth), method, pathAndQuery, body, true));
    add(
        found,
        "the scheme signed too",
        lines(RestAuthorization.SCHEME + " " + auth, method, pathAndQuery, body, true));
    for (var other : otherOrders(auth)) {
      add(
          found,
          "the parts of authorization in another order",
          lines(other, method, pathAndQuery, body, true));
    }
    for (var other : otherBodies()) {
      add(found, "the body written anew", lines(auth, method, pathAndQuery, other, true));
    }
    add(found, "no body", lines(auth, method, pathAndQuery, "", true));
    return found.stream();
  }

  private static void add(List<TextCandidate> found, String detail, String text) {
    found.add(TextCandidate.of(V3_TEXT, detail, text));
  }

  private String lines(String auth, String verb, String path, String content, boolean token) {
    var text = String.join("\n", auth, verb, path, content) + "\n";
    return token && !appAuthToken.isEmpty() ? text + appAuthToken + "\n" : text;
  }

  private String pathOnly() {
    int query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
  }

  private static String withSeconds(String auth) {
    return auth.replaceAll("timestamp=(\\d{10})\\d{3}", "timestamp=$1");
  }

  private static List<String> otherOrders(String auth) {
    var parts = Arrays.asList(auth.split(",", -1));
    Map<String, List<String>> orders = new LinkedHashMap<>();
    orders.put("sorted", parts.stream().sorted().toList());
    orders.put("reversed", parts.reversed());
    for (int i = 0; i + 1 < parts.size(); i++) {
      var swapped = new ArrayList<>(parts);
      swapped.set(i, parts.get(i + 1));
      swapped.set(i + 1, parts.get(i));
      orders.put("swapped " + i, swapped);
    }
    return orders.values().stream().map(order -> String.join(",", order)).toList();
  }

  private List<String> otherBodies() {
    try {
      var tree = Json.parse(body);
      var arrived = JsonStyle.CANONICAL.in(JsonStyle.Order.ARRIVED);
      return List.of(
          arrived.write(tree),
          JsonStyle.CANONICAL.write(tree),
          arrived.indented("  ").write(tree),
          arrived.separated(": ", ", ").write(tree),
          arrived.with(JsonStyle.Escapes.NON_ASCII_LOWER).write(tree),
          arrived.with(JsonStyle.Escapes.SLASHES).write(tree));
    } catch (JacksonException notJson) {
      return List.of();
    }
  }
}
