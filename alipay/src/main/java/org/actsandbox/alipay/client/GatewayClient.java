package org.actsandbox.alipay.client;

import java.io.Serial;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.alipay.response.SdkCut;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls the gateway over HTTP as the SDKs do, and verifies its answers (AIP-78, AIP-109). */
public final class GatewayClient {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded;charset=utf-8");

  private final OutboundClient outbound;
  private final URI gateway;
  private final PublicKey platformKey;
  private final InstantSource clock;
  private final ZoneId zone;

  /** Represents who calls: an application's number, and the key that signs for it. */
  public record Caller(String appId, PrivateKey key) {

    @Override
    public String toString() {
      return "Caller[" + appId + "]";
    }
  }

  /**
   * @param platformKey the platform's public key, which signs all answers
   * @param clock for the time that each call names
   * @param zone the gateway's
   */
  public GatewayClient(
      OutboundClient outbound,
      URI gateway,
      PublicKey platformKey,
      InstantSource clock,
      ZoneId zone) {
    this.outbound = outbound;
    this.gateway = gateway;
    this.platformKey = platformKey;
    this.clock = clock;
    this.zone = zone;
  }

  /** Says that nothing is known of a call: there was no answer, or none by the platform. */
  public static final class UnansweredException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    UnansweredException(String why) {
      super(why);
    }
  }

  /**
   * Calls a method and returns the verified answer, which may be a refusal.
   *
   * @throws UnansweredException if nothing that the platform signed came back
   */
  public JsonNode call(Caller caller, String method, JsonNode content) throws UnansweredException {
    var parameters = new TreeMap<String, String>();
    parameters.put("app_id", caller.appId());
    parameters.put("method", method);
    parameters.put("charset", "utf-8");
    parameters.put("format", "json");
    parameters.put("sign_type", SignType.RSA2.name());
    parameters.put("timestamp", TIMESTAMP.format(clock.instant().atZone(zone)));
    parameters.put("version", "1.0");
    parameters.put("biz_content", Json.write(content));
    var text = StringToSign.ofRequest(parameters).getBytes(StandardCharsets.UTF_8);
    var body = "biz_content=" + encoded(parameters.remove("biz_content"));
    parameters.put("sign", SignType.RSA2.sign(caller.key(), text));
    var query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    try {
      var answer =
          outbound.send(
              new OutboundClient.Call(
                  "POST",
                  URI.create(gateway + "?" + query),
                  FORM,
                  body.getBytes(StandardCharsets.UTF_8),
                  TIMEOUT));
      return verified(new String(answer.body(), StandardCharsets.UTF_8), method);
    } catch (NoAnswerException none) {
      throw new UnansweredException("the gateway did not answer: " + none.getMessage());
    }
  }

  private JsonNode verified(String answer, String method) throws UnansweredException {
    var rootName = SignedResponse.rootName(method);
    try {
      var tree = Json.parse(answer);
      var part = SdkCut.JAVA.signedPart(answer, rootName);
      if (part.isPresent()
          && SignType.RSA2.verifies(
              platformKey,
              part.get().getBytes(StandardCharsets.UTF_8),
              tree.path("sign").asString(""))) {
        return Json.parse(part.get());
      }
    } catch (JacksonException notJson) {
      throw new UnansweredException("the gateway's answer is not JSON");
    }
    throw new UnansweredException("the platform did not sign the gateway's answer");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
