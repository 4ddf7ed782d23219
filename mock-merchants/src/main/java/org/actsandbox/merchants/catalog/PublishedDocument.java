package org.actsandbox.merchants.catalog;

import java.time.Duration;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.Json;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Represents a public document, with the entity tag by which a client asks whether it has changed
 * (RFC 9110 section 8.8.3, RFC 9111).
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record PublishedDocument(byte[] json, String tag) {

  /**
   * Ours: a client may keep a document for one minute, so that a rotated key or a corrected mistake
   * is seen a minute later.
   */
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  public static PublishedDocument of(Object document) {
    var json = Json.bytes(document);
    return new PublishedDocument(json, '"' + RequestFingerprint.digest(json) + '"');
  }

  /** Answers with the document; a client may keep it for a minute and must then ask by its tag. */
  public ResponseEntity<byte[]> answer() {
    return answer(CacheControl.maxAge(MAX_AGE).cachePublic());
  }

  /**
   * Answers with the document; a client may keep it but must ask by its tag before each use. Only
   * the current state counts, and an HTTP cache measures time by another clock than the world's.
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
