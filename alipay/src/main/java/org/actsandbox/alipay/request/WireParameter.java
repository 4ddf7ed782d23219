package org.actsandbox.alipay.request;

/**
 * A parameter as it was received.
 *
 * @param raw the value before any decoding: each character is one byte that was sent
 * @param value the value after percent-decoding, read in the request's charset
 */
public record WireParameter(String name, String raw, String value, Place place) {

  /** Says in which part of the request a parameter stood. */
  public enum Place {
    QUERY,
    /** A form body. */
    BODY,
    /** A part of a multipart body, which is not percent-encoded. */
    PART
  }

  /** Returns the bytes of the value after percent-decoding: the bytes a client signs. */
  public byte[] bytes() {
    return place == Place.PART
        ? raw.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)
        : PercentCode.decode(raw);
  }
}
