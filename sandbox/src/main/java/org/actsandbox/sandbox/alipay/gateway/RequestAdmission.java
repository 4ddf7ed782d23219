package org.actsandbox.sandbox.alipay.gateway;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.request.WireMistake;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.gateway.GatewayMethod.Door;
import org.actsandbox.sandbox.world.World;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks what every call must have, in the order method, application, key, form, signature,
 * permission, content (AIP-133).
 */
final class RequestAdmission {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private RequestAdmission() {}

  /**
   * @throws GatewayRefusal for what cannot be read as a request
   */
  static void requireReadable(GatewayRequest request) {
    var mistakes = request.mistakes();
    if (mistakes.contains(WireMistake.UNKNOWN_CHARSET)
        || mistakes.contains(WireMistake.WRONG_CHARSET)) {
      throw new GatewayRefusal(SubCode.INVALID_CHARSET, "read as " + request.charset());
    }
    for (var mistake : mistakes) {
      throw new GatewayRefusal(SubCode.INVALID_GATEWAY_PARAMETER, words(mistake));
    }
  }

  private static String words(WireMistake mistake) {
    return mistake.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * @throws GatewayRefusal {@code isv.missing-method}, {@code isv.invalid-method}
   */
  static GatewayMethod requireMethod(GatewayRequest request) {
    var name =
        request.value("method").orElseThrow(() -> new GatewayRefusal(SubCode.MISSING_METHOD));
    return GatewayMethods.find(name)
        .orElseThrow(
            () ->
                new GatewayRefusal(
                    SubCode.INVALID_METHOD, "it has " + String.join(", ", GatewayMethods.NAMES)));
  }

  /**
   * @throws GatewayRefusal {@code isv.invalid-method} for a call through another door
   */
  static void requireDoor(GatewayMethod method, Door door) {
    if (method.door() != door) {
      throw new GatewayRefusal(
          SubCode.INVALID_METHOD,
          switch (method.door()) {
            case SERVER -> "a program calls it at the gateway";
            case BROWSER -> "a browser posts it to the gateway";
            case WALLET ->
                "the signed text is for the wallet app: POST it as order_string to"
                    + " /api/worlds/WORLD/alipay/wallet";
          });
    }
  }

  /**
   * Checks the form of the common parameters and then the signature.
   *
   * @throws GatewayRefusal for the first that is wrong
   */
  static void requireSigned(GatewayRequest request, AlipayApp app) {
    var key =
        app.currentKey()
            .orElseThrow(() -> new GatewayRefusal(SubCode.MISSING_SIGNATURE_CONFIG))
            .key();
    if (request.value("sign").isEmpty()) {
      throw new GatewayRefusal(SubCode.MISSING_SIGNATURE);
    }
    var type =
        SignType.of(
                request
                    .value("sign_type")
                    .orElseThrow(() -> new GatewayRefusal(SubCode.MISSING_SIGNATURE_TYPE)))
            .orElseThrow(() -> new GatewayRefusal(SubCode.INVALID_SIGNATURE_TYPE));
    requireForm(request);
    if (!request.isSignedBy(key, type)) {
      throw new GatewayRefusal(SubCode.INVALID_SIGNATURE, quoted(request));
    }
  }

  private static void requireForm(GatewayRequest request) {
    requireTimestamp(
        request
            .value("timestamp")
            .orElseThrow(() -> new GatewayRefusal(SubCode.MISSING_TIMESTAMP)));
    if (!request.value("format").orElse("json").equalsIgnoreCase("json")) {
      throw new GatewayRefusal(SubCode.INVALID_FORMAT);
    }
    if (!request.value("version").orElse("1.0").equals("1.0")) {
      throw new GatewayRefusal(SubCode.INVALID_GATEWAY_PARAMETER, "version is 1.0");
    }
    if (request.value("encrypt_type").isPresent()) {
      throw new GatewayRefusal(SubCode.INVALID_ENCRYPT_TYPE);
    }
    if (request.value("app_auth_token").isPresent()) {
      throw new GatewayRefusal(SubCode.NO_APP_AUTH);
    }
  }

  /** Ours: no difference to the clock is refused, since SDKs send local time (AIP-67, AIP-294). */
  private static void requireTimestamp(String timestamp) {
    try {
      LocalDateTime.parse(timestamp, TIMESTAMP);
    } catch (DateTimeParseException malformed) {
      throw new GatewayRefusal(SubCode.INVALID_TIMESTAMP);
    }
  }

  /** Returns the text that the gateway built, so that the client can compare it (AIP-134). */
  private static String quoted(GatewayRequest request) {
    var text = new String(request.bytesToSign(false), request.charset());
    return "the gateway built: "
        + (text.length() <= 4000 ? text : text.substring(0, 4000) + "...").replace("&", "&amp;");
  }

  /**
   * @throws GatewayRefusal {@code isv.insufficient-isv-permissions}
   */
  static void requirePermission(GatewayMethod method, AlipayApp app) {
    if (method.caller() != app.ownerKind()) {
      throw new GatewayRefusal(
          SubCode.INSUFFICIENT_ISV_PERMISSIONS,
          "it is for an application of a "
              + method.caller().name().toLowerCase(Locale.ROOT)
              + "; this one belongs to "
              + app.owner());
    }
  }

  /**
   * Refuses an application whose owner was removed from the world after it was registered.
   *
   * @throws GatewayRefusal {@code isv.insufficient-isv-permissions}
   */
  static void requireOwner(World world, AlipayApp app) {
    boolean present =
        switch (app.ownerKind()) {
          case MERCHANT ->
              world.settings().merchant(app.owner()).isPresent()
                  || world.externalMerchants().find(app.owner()).isPresent();
          case AGENT -> !world.externalAgents().isDeregistered(app.owner());
        };
    if (!present) {
      throw new GatewayRefusal(
          SubCode.INSUFFICIENT_ISV_PERMISSIONS, app.owner() + " is not in this world any more");
    }
  }

  /**
   * @throws GatewayRefusal {@code isv.illegal-json}
   */
  static JsonNode content(GatewayRequest request) {
    var text = request.value("biz_content");
    if (text.isEmpty()) {
      return Json.object();
    }
    try {
      var content = Json.parse(text.get());
      if (content.isObject()) {
        return content;
      }
      throw new GatewayRefusal(SubCode.ILLEGAL_JSON);
    } catch (JacksonException notJson) {
      throw new GatewayRefusal(SubCode.ILLEGAL_JSON);
    }
  }
}
