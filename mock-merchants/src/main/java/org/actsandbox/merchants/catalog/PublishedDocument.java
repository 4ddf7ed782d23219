package org.actsandbox.merchants.catalog;

import java.time.Duration;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.Json;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A document that anybody may read, with the tag to ask by whether it is still the same (RFC 9110
 * section 8.8.3, RFC 9111).
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record PublishedDocument(byte[] json, String tag) {

  /** Ours: a rotated key or a mistake in a document is known everywhere a minute later. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  public static PublishedDocument of(Object document) {
    var json = Json.bytes(document);
    return new PublishedDocument(json, '"' + RequestFingerprint.digest(json) + '"');
  }

  /** Readers may keep it for a minute, and ask by its tag afterwards. */
  public ResponseEntity<byte[]> answer() {
    return answer(CacheControl.maxAge(KEPT).cachePublic());
  }

  /**
   * Readers may keep it, and ask by its tag before each use: what counts is how it stands now, and
   * an HTTP cache measures time by another clock than the world's.
   */
  public ResponseEntity<byte[]> current() {
    return answer(CacheControl.noCache().cachePublic());
  }

  private ResponseEntity<byte[]> answer(CacheControl control) {
    return ResponseEntity.ok()
        .cacheControl(control)
        .eTag(tag)
        .contentType(MediaType.APPLICATION_JSON)
        .body(json);
  }
}
