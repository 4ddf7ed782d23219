package org.actsandbox.web.console.grades;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Makes recordings of missions as a run has them. */
public final class TestRecording {

  static final String LAST =
      "{\"base\":\"http://localhost/w/m\",\"agent\":\"did:act:shopper\",\"cut\":false,"
          + "\"jwks\":{\"keys\":[]}}";

  private TestRecording() {}

  static String exchange(long seq, String actor, String peer, String path, int status) {
    return """
        {"seq":%d,"at":"2026-11-25T01:00:00Z","recorded_at":"2026-11-25T01:00:00Z","actor":"%s",\
        "peer":"%s","kind":"EXCHANGE","component":"","event":"exchange","ids":{},"data":{"method":\
        "POST","path":"%s","status":%d,"duration_micros":5,"request_headers":{},\
        "response_headers":{},"decoded":{},"role":"agent"}}"""
        .formatted(seq, actor, peer, path, status);
  }

  static byte[] zipped(String... lines) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory", impossible);
    }
    return bytes.toByteArray();
  }

  static byte[] purchase() {
    return zipped(
        exchange(3, "did:act:luma-mart", "did:act:sandbox-trust", "/trust/anchors", 201),
        exchange(7, "did:act:shopper", "did:act:luma-mart", "/merchants/luma-mart/intents", 200),
        exchange(9, "did:act:luma-mart", "did:act:sandbox-trust", "/trust/anchors", 201),
        exchange(11, "did:act:shopper", "did:act:sandbox-pay", "/psp/payments", 422),
        LAST);
  }

  /** Returns a purchase whose payment, entry 11, goes wrong; in base64. */
  public static String purchaseInBase64() {
    return Base64.getEncoder().encodeToString(purchase());
  }
}
