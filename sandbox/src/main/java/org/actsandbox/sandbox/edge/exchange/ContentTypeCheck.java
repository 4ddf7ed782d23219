package org.actsandbox.sandbox.edge.exchange;

import java.nio.charset.StandardCharsets;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Refuses a body that is declared as anything but JSON in UTF-8 (RFC 8259, 8.1). Participants read
 * bytes, and signatures cover bytes, so nothing else looks at the type. A body without a type is
 * taken for JSON. The body of a GET is not checked: no participant reads it, it only makes the
 * request a different one (A402-5).
 */
public final class ContentTypeCheck {

  private static final MediaType ANY_JSON = new MediaType("application", "*+json");

  private ContentTypeCheck() {}

  /**
   * @throws Refusal {@code media_type_unsupported}
   */
  public static void check(ServerHttpRequest request, byte[] body) {
    var declared = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
    if (body.length == 0
        || declared == null
        || isGateway(request)
        || request.getMethod().equals(HttpMethod.GET)
        || request.getMethod().equals(HttpMethod.HEAD)
        || isJson(declared)) {
      return;
    }
    throw new Refusal(Problem.MEDIA_TYPE_UNSUPPORTED, "the content type is not supported")
        .at(HttpHeaders.CONTENT_TYPE)
        .expected("application/json, in UTF-8")
        .observed(declared);
  }

  /** The gateway takes forms, in the charset that they name themselves (AIP-78 to AIP-83). */
  private static boolean isGateway(ServerHttpRequest request) {
    return request.getPath().value().endsWith("/gateway.do");
  }

  private static boolean isJson(String declared) {
    try {
      var type = MediaType.parseMediaType(declared);
      var charset = type.getCharset();
      return (MediaType.APPLICATION_JSON.isCompatibleWith(type) || ANY_JSON.isCompatibleWith(type))
          && !type.isWildcardType()
          && !type.isWildcardSubtype()
          && (charset == null || charset.equals(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noType) {
      return false;
    }
  }
}
