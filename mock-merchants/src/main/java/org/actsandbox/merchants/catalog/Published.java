package org.actsandbox.merchants.catalog;

import java.time.Duration;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.json.Json;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/**
 * A document that stays the same as long as the world does, so that readers may keep it for a
 * minute and ask by its tag afterwards (RFC 9111).
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Published(byte[] json, String tag) {

  private static final Duration KEPT = Duration.ofMinutes(1);

  static Published of(Object document) {
    var json = Json.bytes(document);
    return new Published(json, '"' + Fingerprint.digest(json) + '"');
  }

  ResponseEntity<byte[]> answer() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
        .eTag(tag)
        .body(json);
  }
}
