package org.actsandbox.alipay.response;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.security.PrivateKey;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an answer of the gateway. The text of the root value is made once, signed, and pasted, so
 * every SDK that cuts it out finds the bytes that were signed (AIP-108 to AIP-117).
 */
public final class SignedResponse {

  /** The root name of an answer that belongs to no method (AIP-124). */
  public static final String ERROR_ROOT = "error_response";

  private SignedResponse() {}

  /** Returns the root name of a method's answer. */
  public static String rootName(String method) {
    return method.replace('.', '_') + "_response";
  }

  /**
   * Returns the whole answer as text, compact, with the root first and {@code sign} behind it.
   *
   * @param platformKey null leaves the answer unsigned, as for an unknown application (AIP-133)
   * @param charset the request's charset, in which the answer is signed and sent
   */
  public static String write(
      String rootName,
      ObjectNode root,
      @Nullable PrivateKey platformKey,
      SignType type,
      Charset charset) {
    var text = rootText(rootName, root, charset);
    var whole = new StringBuilder("{\"").append(rootName).append("\":").append(text);
    if (platformKey != null) {
      var sign = type.sign(platformKey, text.getBytes(charset));
      whole.append(",\"sign\":\"").append(sign).append('"');
    }
    return whole.append('}').toString();
  }

  /**
   * Writes the root value. A value that repeats the root name would make Java and .NET refuse the
   * answer (AIP-112), and a character that the charset lacks would become a question mark: both are
   * written as JSON escapes.
   */
  private static String rootText(String rootName, ObjectNode root, Charset charset) {
    var text = Json.write(root);
    var broken = rootName.substring(0, rootName.length() - 1) + "\\u0065";
    return escapeUnmappable(text.replace(rootName, broken), charset.newEncoder());
  }

  private static String escapeUnmappable(String text, CharsetEncoder encoder) {
    if (encoder.canEncode(text)) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            c -> {
              if (encoder.canEncode((char) c)) {
                escaped.append((char) c);
              } else {
                escaped.append("\\u%04x".formatted(c));
              }
            });
    return escaped.toString();
  }
}
